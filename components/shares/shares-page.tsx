"use client";
/** Who outside of the workspace sees something of it? */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { sendJson } from "../data/api.ts";
import { usePanel } from "../data/use-address.ts";
import { plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Problem } from "../ui/problem.tsx";
import { type ShareDraft, SharePanel } from "./share-panel.tsx";
import { SHARES, sharesQuery, useShareAct } from "./shares-query.ts";
import { type Share, SharesTable } from "./shares-table.tsx";
import { sharesWords } from "./states.ts";

const EMPTY: ShareDraft = { kind: "customer", customer: "", label: "", until: "" };

function RevokeQuestion({ share, onClose }: { share: Share; onClose: () => void }) {
  const revoke = useShareAct(() => sendJson(`${SHARES}/${share.share}`, "DELETE").then(onClose));
  return (
    <Confirm title={`Revoke the link of ${share.label}?`} act="Revoke" doing={revoke} onClose={onClose}>
      <p>
        It shows nothing from now on, to nobody. This can't be taken back: make a new link then. What was
        viewed stays in the audit log.
      </p>
    </Confirm>
  );
}

export function SharesPage({ initial, customers }: { initial: SharesList; customers: readonly string[] }) {
  const query = useQuery({
    ...sharesQuery,
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.asOf),
  });
  const panel = usePanel("share");
  const [draft, setDraft] = useState(EMPTY);
  const [asked, setAsked] = useState<Share | null>(null);
  const list = query.data;
  return (
    <>
      <Answer title="Sharing">{sharesWords(list)}</Answer>
      {query.error === null ? null : (
        <Problem error={query.error} retry={() => void query.refetch()} since={query.dataUpdatedAt} />
      )}
      <section aria-labelledby="shares">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h2 id="shares">{plural(list.shares.length, "shared link")}</h2>
          <button type="button" className="button button-main" onClick={() => panel.show("new")}>
            Share a view
          </button>
        </div>
        {list.shares.length === 0 ? (
          <p className="max-w-[80ch] text-soft">
            A customer or an auditor reads how access stands by a link: one page, without an account here, of
            that customer alone or of the whole workspace, with the evidence pack to download. Links belong to
            the workspace: they work until their day or until somebody revokes them, also when whoever made
            them has left.
          </p>
        ) : (
          <SharesTable list={list} onRevoke={setAsked} />
        )}
      </section>
      {panel.open === "new" ? (
        <SharePanel
          draft={draft}
          onDraft={setDraft}
          customers={customers}
          onMade={() => setDraft(EMPTY)}
          onClose={panel.close}
        />
      ) : null}
      {asked === null ? null : <RevokeQuestion share={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
