"use client";
/** How fast do leavers lose access? */
import { useSearchParams } from "next/navigation";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count } from "../format/number.ts";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { ReportFilters, Select, SetFilter } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { BANDS, KINDS } from "./choose.ts";
import { GROUP_FILTERS } from "./groups.ts";
import { GroupsTable } from "./groups-table.tsx";
import { Histogram } from "./histogram.tsx";
import { Percentiles } from "./percentiles.tsx";
import { stepFilters } from "./row-filters.ts";
import { Scheduled } from "./scheduled.tsx";
import { Sentence } from "./sentence.tsx";
import { STEPS } from "./steps-shape.tsx";
import { SurvivalCurve } from "./survival-curve.tsx";

const SHOW = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

export function OffboardingPage({
  initial,
  rows,
}: {
  initial: Initial<"offboarding">;
  rows: InitialRows<"offboarding">;
}) {
  const query = useReport("offboarding", initial, "few");
  const search = useSearchParams();
  const band = BANDS.find(({ key }) => key === search.get("took"));
  return (
    <ReportFrame
      title="Offboarding"
      will="Here will be how long each leaver's accounts stayed open."
      query={query}
    >
      {(report) => (
        <>
          <Answer title="Offboarding">
            <Sentence report={report} />
          </Answer>
          <ReportFilters applications={initial.applications} did="Left" />
          {report.summary.steps === 0 ? null : (
            <div className="mb-8 grid grid-cols-1 gap-8 lg:grid-cols-2 xl:grid-cols-[1fr_1fr_max-content]">
              <Histogram took={report.took} summary={report.summary} />
              <SurvivalCurve
                curve={report.curve}
                sla={report.commonSla}
                watched={report.summary.oldestOpen ?? 0}
              />
              <Percentiles summary={report.summary} />
            </div>
          )}
          <Scheduled leavers={report.scheduled} />
          {report.summary.steps === 0 ? null : <GroupsTable report={report} />}
          <DataTable
            shape={STEPS}
            initial={rows}
            report={reportQuery((name) => search.get(name))}
            fixed={stepFilters((name) => search.get(name))}
            none="Nobody has left in this period."
          >
            <Select name="show" label="Show" all={`All ${count(report.summary.steps)}`} choices={SHOW} />
            {band === undefined ? null : <SetFilter name="took" words={`Took ${band.label}`} />}
            {GROUP_FILTERS.map(({ name, label }) => {
              const value = search.get(name);
              return value ? <SetFilter key={name} name={name} words={`${label}: ${value}`} /> : null;
            })}
          </DataTable>
        </>
      )}
    </ReportFrame>
  );
}
