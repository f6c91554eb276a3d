"use client";
/** The proof behind one cell: its numbers, why it is what it is, and the newest event that shows it. */
import Link from "next/link";
import type { CoverageRow } from "../../lib/reports/contract.ts";
import { EventById } from "../events/event-panel.tsx";
import { count } from "../format/number.ts";
import { trialWords } from "../format/trial.ts";
import { CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { Facts } from "../ui/facts.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { type CellRef, customerName } from "./cells.ts";

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
  const filter = new URLSearchParams({
    application: row.application,
    ...(row.customer === null ? {} : { customer: row.customer }),
  });
  // Other pages show all sources or those of one customer; those of none alone they don't.
  const leads = at.customer !== null;
  const linked = (value: number, key: string, href: string) =>
    leads ? (
      <Link key={key} className="figure" href={href}>
        {count(value)}
      </Link>
    ) : (
      count(value)
    );
  return (
    <SidePanel
      title={`${row.application}: ${CAPABILITY_WORDS[at.capability].word.toLowerCase()}${
        at.customer === undefined ? "" : ` (${customerName(at.customer)})`
      }`}
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
            cell.failures === 0 ? "0" : linked(cell.failures, "failed", `/failures?${filter}&state=all`),
          ],
          ["Made without provisioning", count(cell.manual)],
          ["Accounts attempted", count(cell.attempted)],
          ["Left in failure", count(cell.leftInFailure)],
          ["Active accounts", linked(row.accounts, "accounts", `/accounts?${filter}&active=yes`)],
          ["People exposed", count(row.people)],
          ["Newest proof", <Ago key="proof" at={cell.lastEventAt} asOf={asOf} />],
          [
            "Tried out",
            cell.trial === null ? (
              "never"
            ) : (
              <EventLink key="trial" id={cell.trial.eventId}>
                {trialWords(cell.trial)}
              </EventLink>
            ),
          ],
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
