"use client";
/** Entitlements that a move left behind, and those that provisioning never gave: one a row. */
import type { MoverRow } from "../../lib/reports/contract.ts";
import { DRIFT_WORDS, PROVENANCE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { ApplicationCell, PersonHead } from "../ui/row-cells.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";
import { Held } from "./drift-shape.tsx";

export function DriftTable({
  rows,
  asOf,
  person = true,
}: {
  rows: readonly MoverRow[];
  asOf: string;
  person?: boolean;
}) {
  const { shown, more } = useRowsShown(rows);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <TableFrame
        list={list}
        heads={[
          person ? "Person" : null,
          "Application",
          "Group or role",
          "State",
          "Why",
          "Moved",
          "Granted by",
          "Granted",
          "Gone",
        ]}
      >
        {shown.map((row) => (
          <tr
            key={`${row.subject} ${row.kind} ${row.movedAt} ${row.eventId} ${row.account} ${row.entitlement}`}
          >
            {person ? <PersonHead row={row} /> : null}
            <ApplicationCell name={row.application} />
            <td className="max-w-52 truncate" title={row.entitlement}>
              {row.entitlement}
            </td>
            <td>
              <Held row={row} />
            </td>
            <td title={DRIFT_WORDS[row.kind].means}>{row.change ?? DRIFT_WORDS[row.kind].means}</td>
            <td>
              <Ago at={row.movedAt} asOf={asOf} />
            </td>
            <td>
              <EventLink id={row.eventId}>{PROVENANCE_WORDS[row.provenance]}</EventLink>
            </td>
            <td>
              <Ago at={row.grantedAt} asOf={asOf} />
            </td>
            <td>
              <Ago at={row.removedAt} asOf={asOf} />
            </td>
          </tr>
        ))}
      </TableFrame>
      {more}
    </>
  );
}
