"use client";
/** Entitlements that a move left behind, and those that provisioning never gave: one a row. */
import type { MoverRow } from "../../lib/reports/contract.ts";
import { DRIFT_WORDS, PROVENANCE_WORDS } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
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
      <div ref={list} className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              {person ? <th scope="col">Person</th> : null}
              <th scope="col">Application</th>
              <th scope="col">Group or role</th>
              <th scope="col">State</th>
              <th scope="col">Why</th>
              <th scope="col">Moved</th>
              <th scope="col">Granted by</th>
              <th scope="col">Granted</th>
              <th scope="col">Gone</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={`${row.subject} ${row.kind} ${row.movedAt} ${row.eventId} ${row.account} ${row.entitlement}`}
              >
                {person ? (
                  <th scope="row">
                    <PersonLink
                      item
                      subject={row.subject}
                      name={row.identity.displayName ?? row.identity.userName}
                    />
                  </th>
                ) : null}
                <td>
                  <ApplicationLink name={row.application} />
                </td>
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
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}
