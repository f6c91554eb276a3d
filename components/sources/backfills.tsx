"use client";
/** Past times that live sources fetch: how far each is, and what was set aside with its reason. */
import type { ConnectorTold } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { count, percent } from "../format/number.ts";
import { Refusal } from "../ui/field.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { BACKFILL_WORDS } from "./connector-words.ts";
import { connectorAt, useConnectorAct } from "./connectors-query.ts";

function Again({ name, backfill }: { name: string; backfill: string }) {
  const run = useConnectorAct(() => sendJson(`${connectorAt(name)}/run`, "POST", { backfill }));
  return (
    <>
      <button
        type="button"
        className="link whitespace-nowrap"
        aria-label={`Try again to fetch the past of ${name}`}
        onClick={() => run.mutate(undefined)}
      >
        Try again
      </button>
      <Refusal>{run.error?.message}</Refusal>
    </>
  );
}

export function Backfills({ connectors }: { connectors: readonly ConnectorTold[] }) {
  const may = useMay("operate");
  const rows = connectors.flatMap(({ name, backfills }) =>
    backfills.map((backfill) => ({ name, ...backfill })),
  );
  if (rows.length === 0) return null;
  return (
    <div className="mt-4">
      <h3 className="mb-2">Past times</h3>
      <TableFrame
        className="relative overflow-x-auto"
        heads={[
          "Of",
          "From",
          "Up to",
          "State",
          { head: "Fetched", number: true },
          { head: "New records", number: true },
          "What is wrong",
          may ? unseen("Try again") : null,
        ]}
        {...(may ? {} : { scrolling: "Past times" })}
      >
        {rows.map(({ id, name, from, to, state, share, records, lastError }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <Moment at={from} />
            </td>
            <td>
              <Moment at={to} />
            </td>
            <td>
              <State {...BACKFILL_WORDS[state]} />
            </td>
            <td className="number">{percent(Math.round(share * 100), 100)}</td>
            <td className="number">{count(records)}</td>
            <td className="min-w-56 [overflow-wrap:anywhere]">{lastError}</td>
            {may ? (
              <td>
                {state === "failing" || state === "set-aside" ? <Again name={name} backfill={id} /> : null}
              </td>
            ) : null}
          </tr>
        ))}
      </TableFrame>
    </div>
  );
}
