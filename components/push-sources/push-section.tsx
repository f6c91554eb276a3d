"use client";
/** Sources that vendors push into, for whoever may make them: what came last, what was refused and why, and what can be done. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askedEvery, sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { usePanel } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Problem } from "../ui/problem.tsx";
import { RenewQuestion } from "../ui/renew-question.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { PushAddress } from "./push-address.tsx";
import { EMPTY_PUSH, PushPanel } from "./push-panel.tsx";
import {
  type PushSecret,
  type PushSourcesTold,
  type PushSourceTold,
  pushSourceAt,
  pushSourcesQuery,
  usePushAct,
} from "./push-query.ts";
import { waitsFor } from "./push-words.ts";

/** Whoever has set one up watches for the first delivery. */
const POLL_MS = 10_000;

interface Asked {
  what: "renew" | "remove";
  source: string;
}

function RemoveQuestion({ source, onClose }: { source: string; onClose: () => void }) {
  const remove = usePushAct(() => sendJson(pushSourceAt(source), "DELETE").then(onClose));
  return (
    <Confirm title={`Remove the address of ${source}?`} act="Remove" doing={remove} onClose={onClose}>
      <p>The vendor is told from now on that there is nothing. The records that came stay.</p>
    </Confirm>
  );
}

function Renew({
  source,
  onMade,
  onClose,
}: {
  source: string;
  onMade: (made: PushSecret) => void;
  onClose: () => void;
}) {
  const renew = usePushAct(async () => {
    onMade(await sendJson<PushSecret>(pushSourceAt(source), "PATCH", { secret: { new: true } }));
    onClose();
  });
  return <RenewQuestion secret="secret" of={source} where="vendor" renew={renew} onClose={onClose} />;
}

function Row({
  row,
  onShow,
  onAsk,
}: {
  row: PushSourceTold;
  onShow: () => void;
  onAsk: (asked: Asked) => void;
}) {
  const { source, label, customer, records, lastReceivedAt, lastRefusedAt, lastRefusal } = row;
  const waits = waitsFor(row);
  const act = (word: string, name: string, onClick: () => void) => (
    <button type="button" className="link whitespace-nowrap" aria-label={name} onClick={onClick}>
      {word}
    </button>
  );
  return (
    <tr>
      <th scope="row" className="[overflow-wrap:anywhere]">
        {source}
      </th>
      <td className="min-w-32">{label}</td>
      <td className="min-w-32 [overflow-wrap:anywhere]">{customer ?? "no customer"}</td>
      <td className="number">{count(records)}</td>
      <td>
        {waits === null ? (
          lastReceivedAt === null ? (
            "nothing yet"
          ) : (
            <Moment at={lastReceivedAt} />
          )
        ) : (
          `waits for ${waits}`
        )}
      </td>
      <td className="min-w-56 [overflow-wrap:anywhere]">
        {lastRefusedAt === null ? (
          "never"
        ) : (
          <>
            <Moment at={lastRefusedAt} />
            <span className="block text-soft">{lastRefusal}</span>
          </>
        )}
      </td>
      <td>
        <span className="flex flex-wrap gap-x-3">
          {act("Address", `Address of ${source}`, onShow)}
          {row.secret === "made"
            ? act("New secret", `New secret for ${source}`, () => onAsk({ what: "renew", source }))
            : null}
          {act("Remove", `Remove ${source}`, () => onAsk({ what: "remove", source }))}
        </span>
      </td>
    </tr>
  );
}

function Section() {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...pushSourcesQuery,
    refetchInterval: askedEvery<PushSourcesTold>(({ sources }) => sources.length > 0 && POLL_MS),
  });
  const panel = usePanel("push");
  const [draft, setDraft] = useState(EMPTY_PUSH);
  const [shown, setShown] = useState<PushSecret | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const sources = data?.sources ?? [];
  const row = sources.find(({ source }) => source === shown?.source);
  return (
    <section aria-labelledby="push-sources">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="push-sources">{data === undefined ? "Push" : plural(sources.length, "push source")}</h2>
        <button type="button" className="button" onClick={() => panel.show("new")}>
          Let a vendor push
        </button>
      </div>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {sources.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          A vendor sends what happens as it happens: Okta's event hooks, WorkOS's webhooks, Security Event
          Tokens. Each gets an address of its own.
        </p>
      ) : (
        <TableFrame
          className="relative overflow-x-auto"
          heads={[
            "Source",
            "What is sent",
            "Customer",
            { head: "Records", number: true },
            "Last received",
            "Last refused",
            unseen("What can be done"),
          ]}
        >
          {sources.map((one) => (
            <Row
              key={one.source}
              row={one}
              onShow={() => setShown({ source: one.source, secret: null })}
              onAsk={setAsked}
            />
          ))}
        </TableFrame>
      )}
      {panel.open === "new" && data !== undefined ? (
        <PushPanel
          kinds={data.kinds}
          draft={draft}
          onDraft={setDraft}
          onMade={(made) => {
            setShown(made);
            setDraft(EMPTY_PUSH);
            panel.close();
          }}
          onClose={panel.close}
        />
      ) : null}
      {shown === null || row === undefined || data === undefined ? null : (
        <PushAddress row={row} base={data.base} secret={shown.secret} onClose={() => setShown(null)} />
      )}
      {asked?.what === "renew" ? <Renew source={asked.source} onMade={setShown} onClose={close} /> : null}
      {asked?.what === "remove" ? <RemoveQuestion source={asked.source} onClose={close} /> : null}
    </section>
  );
}

/** Nothing for whoever may not make any. */
export const PushSection = () => (useMay("operate") ? <Section /> : null);
