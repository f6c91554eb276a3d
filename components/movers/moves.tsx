"use client";
/** Who moved: one row a case, each change leading to its event. */
import type { MoveRow } from "../../lib/reports/contract.ts";
import { EventLink } from "../ui/event-link.tsx";
import { PersonHead } from "../ui/row-cells.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

function told({ what, from, to }: MoveRow["changes"][number]): string {
  if (what !== "group") return `${what} ${from} → ${to}`;
  return to === null ? `left group ${from}` : `entered group ${to}`;
}

/** How many applications the move has reached; the ones that it has not are named. */
function Carried({ steps }: { steps: MoveRow["steps"] }) {
  if (steps.length === 0) return <span className="text-soft">nothing was tried</span>;
  const failing = steps.filter((step) => step.status === "failing");
  return (
    <span title={steps.map((step) => `${step.application}: ${step.status}`).join("\n")}>
      {steps.length - failing.length} of {steps.length}
      {failing.length === 0 ? null : (
        <span className="text-bad"> · not {failing.map((step) => step.application).join(", ")}</span>
      )}
    </span>
  );
}

export function Moves({
  moves,
  asOf,
  person = true,
}: {
  moves: readonly MoveRow[];
  asOf: string;
  person?: boolean;
}) {
  const { shown, more } = useRowsShown(moves);
  return (
    <>
      <TableFrame heads={[person ? "Person" : null, "Moved", "Changes", "Carried to"]}>
        {shown.map((move) => (
          <tr key={`${move.subject} ${move.movedAt}`}>
            {person ? <PersonHead row={move} item={false} /> : null}
            <td>
              <Ago at={move.movedAt} asOf={asOf} />
            </td>
            <td>
              <ul className="flex flex-wrap gap-x-4">
                {move.changes.map((change) => (
                  <li key={`${change.eventId} ${change.what}`}>
                    <EventLink id={change.eventId}>{told(change)}</EventLink>
                  </li>
                ))}
              </ul>
            </td>
            <td>
              <Carried steps={move.steps} />
            </td>
          </tr>
        ))}
      </TableFrame>
      {more}
    </>
  );
}
