"use client";
/** Sources that identity providers provision into, for whoever may make them: the list, the panel that makes one, the one showing of a token. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { usePanel } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { RenewQuestion } from "../ui/renew-question.tsx";
import { RevokeButton } from "../ui/revoke-button.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { EMPTY_SOURCE, ScimSourcePanel } from "./scim-source-panel.tsx";
import {
  type MadeSource,
  SCIM_SOURCES,
  type ScimSourceTold,
  scimSourcesQuery,
  useScimSourceAct,
} from "./scim-sources-query.ts";

const pathOf = (source: string): string => `${SCIM_SOURCES}/${encodeURIComponent(source)}`;

function TokenOnce({ made, url, onClose }: { made: MadeSource; url: string; onClose: () => void }) {
  return (
    <Dialog title={made.source} onClose={onClose}>
      {(close) => (
        <>
          <SecretOnce label="Bearer token" secret={made.secret} />
          <p className="text-sm text-soft">
            Copy it now: it is not shown again. Give it to the identity provider with the base URL{" "}
            <code className="key [overflow-wrap:anywhere]">{url}</code>
          </p>
          <button type="button" className="button mt-4" onClick={close}>
            I have it
          </button>
        </>
      )}
    </Dialog>
  );
}

function RevokeQuestion({ source, onClose }: { source: string; onClose: () => void }) {
  const revoke = useScimSourceAct(() => sendJson(pathOf(source), "DELETE").then(onClose));
  return (
    <Confirm title={`Revoke the token of ${source}?`} act="Revoke" doing={revoke} onClose={onClose}>
      <p>
        Nothing comes in through this source any more. What has come in stays, and a new token lets the
        provider go on.
      </p>
    </Confirm>
  );
}

function Renew({
  source,
  onMade,
  onClose,
}: {
  source: string;
  onMade: (made: MadeSource) => void;
  onClose: () => void;
}) {
  const renew = useScimSourceAct(async () => {
    onMade(await sendJson<MadeSource>(`${pathOf(source)}/token`, "PUT", {}));
    onClose();
  });
  return <RenewQuestion secret="token" of={source} where="provider" renew={renew} onClose={onClose} />;
}

interface Asked {
  what: "renew" | "revoke";
  source: string;
}

function Row({ row, onAsk }: { row: ScimSourceTold; onAsk: (asked: Asked) => void }) {
  const { source, customer, users, groups, governsMembers, prefix, lastUsedAt, revokedAt } = row;
  return (
    <tr>
      <th scope="row" className="[overflow-wrap:anywhere]">
        {source}
      </th>
      <td className="min-w-32 [overflow-wrap:anywhere]">{customer ?? "no customer"}</td>
      <td className="number">{count(users)}</td>
      <td className="number">{count(groups)}</td>
      <td>{governsMembers ? "yes" : "no"}</td>
      <td>{revokedAt === null ? <code className="key">{prefix}…</code> : "revoked"}</td>
      <td>{lastUsedAt === null ? "never" : <Moment at={lastUsedAt} />}</td>
      <td>
        <span className="flex gap-3">
          <button
            type="button"
            className="link"
            aria-label={`New token for ${source}`}
            onClick={() => onAsk({ what: "renew", source })}
          >
            New token
          </button>
          {revokedAt === null ? (
            <RevokeButton name={source} onRevoke={() => onAsk({ what: "revoke", source })} />
          ) : null}
        </span>
      </td>
    </tr>
  );
}

function Section() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(scimSourcesQuery);
  const panel = usePanel("scim");
  const [draft, setDraft] = useState(EMPTY_SOURCE);
  const [made, setMade] = useState<MadeSource | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const sources = data?.sources ?? [];
  return (
    <section aria-labelledby="scim-sources">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="scim-sources">
          {data === undefined ? "Provisioned by SCIM" : plural(sources.length, "SCIM source")}
        </h2>
        <button type="button" className="button" onClick={() => panel.show("new")}>
          Let a provider provision
        </button>
      </div>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {sources.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          An identity provider provisions into Rollcall as into one more application, by SCIM 2.0: who joins,
          moves and leaves arrives by itself, and no log has to be fetched.
        </p>
      ) : (
        <TableFrame
          className="relative overflow-x-auto"
          heads={[
            "Source",
            "Customer",
            { head: "Users", number: true },
            { head: "Groups", number: true },
            "Governs members",
            "Token",
            "Last used",
            unseen("Renew or revoke it"),
          ]}
        >
          {sources.map((row) => (
            <Row key={row.source} row={row} onAsk={setAsked} />
          ))}
        </TableFrame>
      )}
      {panel.open === "new" ? (
        <ScimSourcePanel
          draft={draft}
          onDraft={setDraft}
          onMade={(source) => {
            setMade(source);
            setDraft(EMPTY_SOURCE);
            panel.close();
          }}
          onClose={panel.close}
        />
      ) : null}
      {made === null ? null : <TokenOnce made={made} url={data?.url ?? ""} onClose={() => setMade(null)} />}
      {asked?.what === "renew" ? <Renew source={asked.source} onMade={setMade} onClose={close} /> : null}
      {asked?.what === "revoke" ? <RevokeQuestion source={asked.source} onClose={close} /> : null}
    </section>
  );
}

/** Nothing for whoever may not make any. */
export const ScimSourcesSection = () => (useMay("operate") ? <Section /> : null);
