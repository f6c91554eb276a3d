/** The plan on paper: what to automate, why, what it replaces, whom it concerns, what is missing, and what proves it. */
import Link from "next/link";
import type { CoverageReport, PlanRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { Answer } from "../ui/answer.tsx";
import { Completeness } from "../ui/completeness.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { NothingYet } from "../ui/nothing-yet.tsx";
import { State } from "../ui/state-mark.tsx";
import { PrintButton } from "./print-button.tsx";

function Missing({ row }: { row: PlanRow }) {
  if (row.missing.length === 0) return <p className="text-sm">No capability is missing.</p>;
  return (
    <ul className="space-y-1 text-sm">
      {row.missing.map(({ capability, state, why, eventId }) => (
        <li key={capability} className="grid grid-cols-[72px_110px_minmax(0,1fr)] gap-x-3">
          <span>{CAPABILITY_WORDS[capability].word}</span>
          <State {...COVERAGE_WORDS[state]} />
          <span>
            {why}{" "}
            {eventId === null ? (
              <span className="text-soft">Nothing proves it but silence.</span>
            ) : (
              <EventLink id={eventId}>Proof</EventLink>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Figures({ row }: { row: PlanRow }) {
  const accounts = `/accounts?application=${encodeURIComponent(row.application)}&active=yes`;
  return (
    <dl className="grid content-start gap-y-1 grid-cols-[max-content_1fr] gap-x-4 text-sm">
      <dt className="text-soft">Manual changes it would replace</dt>
      <dd>{count(row.manualChanges)}</dd>
      <dt className="text-soft">People exposed</dt>
      <dd>{count(row.people)}</dd>
      <dt className="text-soft">Active accounts</dt>
      <dd>
        <Link href={accounts} prefetch={false} className="figure">
          {count(row.accounts)}
        </Link>
        , {count(row.accountsNotByScim)} not by SCIM
      </dd>
      <dt className="text-soft">Groups and roles not by SCIM</dt>
      <dd>{count(row.entitlementsNotByScim)}</dd>
    </dl>
  );
}

export function PlanPage({
  plan,
  report,
  query,
}: {
  plan: readonly PlanRow[];
  report: CoverageReport;
  /** The parameters of the report, as in the address. */
  query: string;
}) {
  if (report.completeness.sources.length === 0) {
    return (
      <NothingYet title="Automation plan" will="Here will be what to automate next, and what it replaces." />
    );
  }
  const manual = plan.reduce((sum, row) => sum + row.manualChanges, 0);
  return (
    <>
      <Answer title="Automation plan">
        {plan.length === 0
          ? "Nothing is left to automate: no application changes by hand, and none is in use without provisioning."
          : `${plural(plan.length, "application")} to automate would replace ${plural(manual, "manual change")} in ${plural(report.window.days, "day")}.`}
      </Answer>
      <div className="mb-4 flex flex-wrap items-center gap-4 print:hidden">
        <Link className="link" href={`/coverage?${query}`}>
          Back to coverage
        </Link>
        <PrintButton />
        <a className="button" href={`/api/v1/plan?${query}${query && "&"}format=csv`} download>
          Download CSV
        </a>
      </div>
      <ol>
        {plan.map((row) => (
          <li
            key={row.application}
            className="grid grid-cols-1 gap-x-8 gap-y-2 border-t border-line py-4 break-inside-avoid lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] print:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]"
          >
            <div className="min-w-0">
              <h2>
                {row.rank}. {row.application}
              </h2>
              <p>{row.what}</p>
              <p className="mb-2 text-soft">{row.why}</p>
              <Missing row={row} />
            </div>
            <Figures row={row} />
          </li>
        ))}
      </ol>
      <Completeness report={report} />
    </>
  );
}
