"use client";
/** How fast do leavers lose access? */
import { useSearchParams } from "next/navigation";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Select } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { BANDS, chosen, KINDS, kindOf, oldestOpen } from "./choose.ts";
import { GROUP_FILTERS, ofGroups } from "./groups.ts";
import { GroupsTable } from "./groups-table.tsx";
import { Histogram } from "./histogram.tsx";
import { Percentiles } from "./percentiles.tsx";
import { Scheduled } from "./scheduled.tsx";
import { Sentence } from "./sentence.tsx";
import { StepsTable } from "./steps-table.tsx";
import { SurvivalCurve } from "./survival-curve.tsx";
import { commonSla } from "./words.ts";

const SHOW = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

/** A filter that is set, with the way to take it away. */
function SetFilter({ name, words }: { name: string; words: string }) {
  return (
    <FilterLink set={{ [name]: null }} className="button">
      {words} <span aria-hidden="true">×</span>
      <span className="sr-only">, show all</span>
    </FilterLink>
  );
}

export function OffboardingPage({ initial }: { initial: Initial<"offboarding"> }) {
  const query = useReport("offboarding", initial);
  const search = useSearchParams();
  const kind = kindOf(search.get("show"));
  const band = BANDS.find(({ key }) => key === search.get("took"));
  return (
    <ReportFrame
      title="Offboarding"
      will="Here will be how long each leaver's accounts stayed open."
      query={query}
    >
      {(report) => {
        const rows = ofGroups(chosen(report.rows, kind, band?.key ?? null), (name) => search.get(name));
        return (
          <>
            <Answer title="Offboarding">
              <Sentence report={report} />
            </Answer>
            <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
              <ApplicationFilter applications={initial.applications} />
              <DayFilter name="from" label="Left from" />
              <DayFilter name="to" label="to" />
              <CsvLink report="offboarding" />
            </div>
            {report.rows.length === 0 ? null : (
              <div className="mb-8 grid grid-cols-1 gap-8 lg:grid-cols-2 xl:grid-cols-[1fr_1fr_max-content]">
                <Histogram rows={report.rows} />
                <SurvivalCurve
                  curve={report.curve}
                  sla={commonSla(report)}
                  watched={oldestOpen(report.rows) ?? 0}
                />
                <Percentiles summary={report.summary} />
              </div>
            )}
            <Scheduled leavers={report.scheduled} />
            {report.rows.length === 0 ? null : <GroupsTable report={report} />}
            <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
              <h2 id={ROWS}>{plural(rows.length, "account")} of leavers</h2>
              <Select name="show" label="Show" all={`All ${count(report.rows.length)}`} choices={SHOW} />
              {band === undefined ? null : <SetFilter name="took" words={`Took ${band.label}`} />}
              {GROUP_FILTERS.map(({ name, label }) => {
                const value = search.get(name);
                return value ? <SetFilter key={name} name={name} words={`${label}: ${value}`} /> : null;
              })}
            </div>
            {rows.length === 0 ? (
              <p className="py-6">No account of a leaver fits these filters.</p>
            ) : (
              <StepsTable key={search.toString()} rows={rows} asOf={report.asOf} />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
