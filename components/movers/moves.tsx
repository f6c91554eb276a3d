"use client";
/** Who moved: one row a case, each change leading to its event. */
import type { MoveRow } from "../../lib/reports/contract.ts";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { Ago } from "../ui/when.tsx";

function told({ what, from, to }: MoveRow["changes"][number]): string {
  if (what !== "group") return `${what} ${from} → ${to}`;
  return to === null ? `left group ${from}` : `entered group ${to}`;
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
      <div className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              {person ? <th scope="col">Person</th> : null}
              <th scope="col">Moved</th>
              <th scope="col">Changes</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((move) => (
              <tr key={`${move.subject} ${move.movedAt}`}>
                {person ? (
                  <th scope="row">
                    <PersonLink
                      subject={move.subject}
                      name={move.identity.displayName ?? move.identity.userName}
                    />
                  </th>
                ) : null}
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
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}
