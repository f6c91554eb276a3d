"use client";
/** What fails now, and why? */
import { useSearchParams } from "next/navigation";
import type { FailuresReport } from "../../lib/reports/contract.ts";
import { usePanel } from "../data/use-address.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { inState, quarantined, type StateFilter } from "./choose.ts";
import { FailurePanel } from "./failure-panel.tsx";
import { FailuresTable } from "./failures-table.tsx";

const STATES: { value: StateFilter; label: string }[] = [
  { value: "open", label: "Open" },
  { value: "resolved", label: "Resolved" },
  { value: "all", label: "All" },
];

function Sentence({ report }: { report: FailuresReport }) {
  const { open, openItems, groups } = report.summary;
  const held = quarantined(report.rows);
  if (groups === 0) return <>No provisioning has failed.</>;
  if (open === 0) {
    return (
      <>
        Nothing fails now;{" "}
        <FilterLink set={{ state: "resolved" }}>{plural(groups, "earlier cause")}</FilterLink>{" "}
        {groups === 1 ? "has" : "have"} been resolved.
      </>
    );
  }
  return (
    <>
      <FilterLink set={{ state: "open" }}>{plural(open, "cause")}</FilterLink> {open === 1 ? "keeps" : "keep"}{" "}
      {plural(openItems, "account or connection", "accounts and connections")} from being right
      {held.length === 0
        ? "."
        : `; ${held.join(", ")} ${held.length === 1 ? "is" : "are"} in quarantine: nothing reaches ${held.length === 1 ? "it" : "them"}.`}
    </>
  );
}

const NOTHING: Record<StateFilter, string> = {
  open: "Nothing is open here.",
  resolved: "Nothing has been resolved here yet.",
  all: "No provisioning has failed here.",
};

export function FailuresPage({ initial }: { initial: Initial<"failures"> }) {
  const query = useReport("failures", initial);
  const panel = usePanel("group");
  const asked = useSearchParams().get("state");
  const state = STATES.find(({ value }) => value === asked)?.value ?? "open";
  return (
    <ReportFrame
      title="Failures"
      will="Here will be everything that provisioning could not do, grouped by cause."
      query={query}
    >
      {(report) => {
        const rows = inState(report.rows, state);
        const opened = report.rows.find(({ id }) => id === panel.open);
        return (
          <>
            <Answer title="Failures">
              <Sentence report={report} />
            </Answer>
            <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
              <Switch name="state" label="State" choices={STATES} now={state} />
              <ApplicationFilter applications={initial.applications} />
              <DayFilter name="asOf" label="As of" />
              <CsvLink report="failures" />
            </div>
            <h2 id={ROWS} className="sr-only">
              {count(rows.length)} causes
            </h2>
            {rows.length === 0 ? (
              <p className="py-6">{NOTHING[state]}</p>
            ) : (
              <FailuresTable rows={rows} asOf={report.asOf} onOpen={panel.show} />
            )}
            {opened === undefined ? null : (
              <FailurePanel row={opened} asOf={report.asOf} onClose={panel.close} />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
