"use client";
/** Live sources: how each does, with what is wrong in words, and what can be done about it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConnectorKind, ConnectorsReport, ConnectorTold } from "../../lib/reports/contract.ts";
import { askedEvery, sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Refusal } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { BackfillForm } from "./backfill-form.tsx";
import { Backfills } from "./backfills.tsx";
import { ConnectorForm } from "./connector-form.tsx";
import { STATE_WORDS } from "./connector-words.ts";
import { connectorAt, connectorsQuery, useConnectorAct } from "./connectors-query.ts";

/** What runs changes by the minute. */
const POLL_MS = 5_000;

function Lag({ connector: { state, lagSeconds } }: { connector: ConnectorTold }) {
  if (lagSeconds === null)
    return <span className="text-soft">{state === "paused" ? "–" : "nothing read yet"}</span>;
  return <>{duration(lagSeconds)}</>;
}

function Why({ connector: { setAsideAt, lastError, nextRunAt } }: { connector: ConnectorTold }) {
  if (lastError === null) return null;
  return (
    <>
      {setAsideAt === null ? null : (
        <>
          Set aside since <Moment at={setAsideAt} />.{" "}
        </>
      )}
      {lastError}
      {nextRunAt === null ? null : (
        <span className="block text-soft">
          Tried again: <Moment at={nextRunAt} />
        </span>
      )}
    </>
  );
}

type Asked = { what: "backfill" | "remove"; name: string } | null;

function Acts({
  connector,
  canBackfill,
  onAsk,
}: {
  connector: ConnectorTold;
  canBackfill: boolean;
  onAsk: (asked: Asked) => void;
}) {
  const { name, state } = connector;
  const pause = useConnectorAct((paused: boolean) => sendJson(connectorAt(name), "PATCH", { paused }));
  const run = useConnectorAct(() => sendJson(`${connectorAt(name)}/run`, "POST", {}));
  const act = (word: string, onClick: () => void) => (
    <button
      type="button"
      className="link whitespace-nowrap"
      aria-label={`${word}: ${name}`}
      onClick={onClick}
    >
      {word}
    </button>
  );
  return (
    <>
      <span className="flex flex-wrap gap-x-3">
        {state === "paused"
          ? null
          : act(state === "failing" ? "Try again" : "Run now", () => run.mutate(undefined))}
        {act(state === "paused" ? "Resume" : "Pause", () => pause.mutate(state !== "paused"))}
        {canBackfill ? act("Fetch past", () => onAsk({ what: "backfill", name })) : null}
        {act("Remove", () => onAsk({ what: "remove", name }))}
      </span>
      <Refusal>{(pause.error ?? run.error)?.message}</Refusal>
    </>
  );
}

function RemoveQuestion({ name, onClose }: { name: string; onClose: () => void }) {
  const remove = useConnectorAct(() => sendJson(connectorAt(name), "DELETE"), onClose);
  return (
    <Confirm title={`Remove ${name}?`} act="Remove" doing={remove} onClose={onClose}>
      <p>
        Its secret and its place are forgotten, and nothing more is read. The records that it brought stay.
      </p>
    </Confirm>
  );
}

function ConnectorsTable({ connectors, kinds, onAsk }: ConnectorsReport & { onAsk: (asked: Asked) => void }) {
  const may = useMay("operate");
  const daysOf = (kind: string): ConnectorKind["days"] =>
    kinds.find((one) => one.kind === kind)?.days ?? null;
  return (
    <TableFrame
      className="relative overflow-x-auto"
      heads={[
        "Live source",
        "Reads",
        "Into",
        "State",
        { head: "Behind by", number: true },
        { head: "Records", number: true },
        "Last good run",
        "What is wrong",
        may ? unseen("What can be done") : null,
      ]}
      {...(may ? {} : { scrolling: "Live sources" })}
    >
      {connectors.map((connector) => (
        <tr key={connector.name}>
          <th scope="row">{connector.name}</th>
          <td className="min-w-32">{connector.label}</td>
          <td>{connector.source}</td>
          <td>
            <State {...STATE_WORDS[connector.state]} />
          </td>
          <td className="number">
            <Lag connector={connector} />
          </td>
          <td className="number">{count(connector.records)}</td>
          <td>
            <Moment at={connector.lastSuccessAt} />
          </td>
          <td className="min-w-56 [overflow-wrap:anywhere]">
            <Why connector={connector} />
          </td>
          {may ? (
            <td>
              <Acts connector={connector} canBackfill={daysOf(connector.kind) !== null} onAsk={onAsk} />
            </td>
          ) : null}
        </tr>
      ))}
    </TableFrame>
  );
}

export function LiveSources({ initial }: { initial: ConnectorsReport }) {
  const may = useMay("operate");
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...connectorsQuery,
    initialData: initial,
    refetchInterval: askedEvery<ConnectorsReport>(({ connectors }) => connectors.length > 0 && POLL_MS),
  });
  const { connectors, kinds } = data;
  const about = asked === null ? undefined : connectors.find(({ name }) => name === asked.name);
  const days = kinds.find(({ kind }) => kind === about?.kind)?.days ?? null;
  if (connectors.length === 0 && !may) return null;
  return (
    <section aria-labelledby="live-sources">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="live-sources">{plural(connectors.length, "live source")}</h2>
        {may ? (
          <button type="button" className="button" onClick={() => setAdding(true)}>
            Add a live source
          </button>
        ) : null}
      </div>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {connectors.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          With a live source the log fills itself: what Okta, Microsoft Entra or WorkOS record is read every
          few minutes, before they forget it; and what applications themselves show of their accounts.
        </p>
      ) : (
        <>
          <ConnectorsTable connectors={connectors} kinds={kinds} onAsk={setAsked} />
          <Backfills connectors={connectors} />
        </>
      )}
      {adding ? <ConnectorForm kinds={kinds} onClose={() => setAdding(false)} /> : null}
      {asked?.what === "remove" ? <RemoveQuestion name={asked.name} onClose={() => setAsked(null)} /> : null}
      {asked?.what === "backfill" && about !== undefined && days !== null ? (
        <BackfillForm connector={about} days={days} onClose={() => setAsked(null)} />
      ) : null}
    </section>
  );
}
