"use client";
/** The proof behind one cell: its numbers, why it is what it is, and the newest event that shows it. */
import Link from "next/link";
import type { CoverageRow } from "../../lib/reports/contract.ts";
import { EventById } from "../events/event-panel.tsx";
import { count } from "../format/number.ts";
import { CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { Facts } from "../ui/facts.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import type { CellRef } from "./cells.ts";

export function ProofPanel({
  row,
  at,
  asOf,
  days,
  onClose,
}: {
  row: CoverageRow;
  at: CellRef;
  asOf: string;
  days: number;
  onClose: () => void;
}) {
  const cell = row.cells[at.capability];
  const { word, tone } = COVERAGE_WORDS[cell.state];
  const filter = `application=${encodeURIComponent(row.application)}`;
  return (
    <SidePanel
      title={`${row.application}: ${CAPABILITY_WORDS[at.capability].word.toLowerCase()}`}
      onClose={onClose}
    >
      <p className="mb-4">
        <State tone={tone} word={word} /> <span className="ml-2">{cell.why}</span>
      </p>
      <Facts
        rows={[
          [`Carried over in ${days} days`, count(cell.successes)],
          [
            "Failed",
            cell.failures === 0 ? (
              "0"
            ) : (
              <Link key="failed" className="figure" href={`/failures?${filter}&state=all`}>
                {count(cell.failures)}
              </Link>
            ),
          ],
          ["Made without provisioning", count(cell.manual)],
          ["Accounts attempted", count(cell.attempted)],
          ["Left in failure", count(cell.leftInFailure)],
          [
            "Active accounts",
            <Link key="accounts" className="figure" href={`/accounts?${filter}&active=yes`}>
              {count(row.accounts)}
            </Link>,
          ],
          ["People exposed", count(row.people)],
          ["Newest proof", <Ago key="proof" at={cell.lastEventAt} asOf={asOf} />],
        ]}
      />
      {cell.lastEventId === null ? null : (
        <>
          <h3 className="mt-6 mb-2 font-semibold">The newest event</h3>
          <EventById id={cell.lastEventId} />
        </>
      )}
    </SidePanel>
  );
}
