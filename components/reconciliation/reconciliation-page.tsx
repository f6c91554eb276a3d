"use client";
/** Do the applications show what they should? */
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useRef } from "react";
import type { DifferenceKind, ReconciliationReport, ReconciliationRow } from "../../lib/reports/contract.ts";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import type { Desk } from "../failures/acts.ts";
import { count, plural } from "../format/number.ts";
import { DIFFERENCE_WORDS } from "../format/words.ts";
import type { TableHandle } from "../table/columns.ts";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, DayFilter, Select } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { ApplicationsTable } from "./applications-table.tsx";
import { FindingButtons, FindingMenus, useFindingActs } from "./finding-acts.tsx";
import { RECONCILIATION } from "./reconciliation-shape.tsx";

const KINDS = Object.keys(DIFFERENCE_WORDS) as DifferenceKind[];

function Sentence({ report }: { report: ReconciliationReport }) {
  const { summary } = report;
  const looked = plural(summary.applications, "application");
  if (summary.applications === 0)
    return <>No application has been looked at yet: what they themselves show is not known.</>;
  if (summary.open === 0)
    return (
      <>
        {looked} {summary.applications === 1 ? "shows" : "show"} what should be there.
      </>
    );
  const kinds = [
    ["log-says-done", "still active though the log says that they were ended"],
    ["active-though-left", "active though their people have left"],
  ] as const;
  const worst = kinds.filter(([kind]) => summary[kind] > 0);
  return (
    <>
      <FilterLink set={{ "f.state": "open" }}>{plural(summary.open, "difference")}</FilterLink> at {looked}
      {worst.map(([kind, words], i) => (
        <span key={kind}>
          {i === 0 ? ": " : ", "}
          <FilterLink set={{ "f.kind": kind }}>{count(summary[kind])}</FilterLink> {words}
        </span>
      ))}
      .
    </>
  );
}

/** What to do while no application has been looked at. */
const Begin = () => (
  <p className="max-w-[72ch]">
    <Link href="/sources" className="link">
      Set up a live source
    </Link>{" "}
    for “Accounts of an application, over SCIM”, or load an application's own list of its users on the page{" "}
    <Link href="/sources" className="link">
      Sources
    </Link>
    : each account is then compared with what your directory and the log say.
  </p>
);

export function ReconciliationPage({
  initial,
  rows,
  desk,
}: {
  initial: Initial<"reconciliation">;
  rows: InitialRows<"reconciliation">;
  desk: Desk;
}) {
  const query = useReport("reconciliation", initial, "few");
  const search = useSearchParams();
  const table = useRef<TableHandle<ReconciliationRow>>(null);
  // What was is not changed any more.
  const findings = useFindingActs(search.has("asOf") ? { ...desk, decides: false } : desk, table);
  const kind = KINDS.find((known) => known === search.get("f.kind")) ?? null;
  return (
    <ReportFrame
      title="Reconciliation"
      will="Here will be where applications themselves show accounts otherwise than they should be."
      query={query}
    >
      {(report) => (
        <>
          <Answer title="Reconciliation">
            <Sentence report={report} />
          </Answer>
          <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            <ApplicationFilter applications={initial.applications} />
            <DayFilter name="asOf" label="As of" />
          </div>
          {report.applications.length === 0 ? (
            <Begin />
          ) : (
            <>
              <section className="mb-8">
                <DataTable
                  shape={RECONCILIATION}
                  initial={rows}
                  report={reportQuery((name) => search.get(name))}
                  none="The applications that were looked at show what should be there."
                  handle={table}
                  acts={
                    findings.desk.decides
                      ? (selected) => <FindingButtons {...findings} rows={selected} />
                      : undefined
                  }
                >
                  <Select
                    name="f.kind"
                    label="Finding"
                    all="All"
                    choices={KINDS.map((value) => ({
                      value,
                      label: DIFFERENCE_WORDS[value].word,
                    }))}
                  />
                  {kind === null ? null : <p className="text-sm text-soft">{DIFFERENCE_WORDS[kind].means}</p>}
                </DataTable>
              </section>
              <section>
                <h2 className="mb-2">{plural(report.applications.length, "application")} looked at</h2>
                <ApplicationsTable applications={report.applications} asOf={report.asOf} />
              </section>
            </>
          )}
          <FindingMenus {...findings} />
        </>
      )}
    </ReportFrame>
  );
}
