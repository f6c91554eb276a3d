"use client";
/** How soon can new people work? */
import { useSearchParams } from "next/navigation";
import type { JoinersReport } from "../../lib/reports/contract.ts";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { Facts } from "../ui/facts.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ReportFilters, Select, SetFilter } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { BANDS, joinerFilters } from "./bands.ts";
import { Histogram } from "./histogram.tsx";
import { JOINERS } from "./joiners-shape.tsx";

const SHOW = [
  { value: "waiting", label: "Not working" },
  { value: "failing", label: "Failing" },
  { value: "completed", label: "Working" },
  { value: "left", label: "Left before" },
];

function Sentence({ summary }: { summary: JoinersReport["summary"] }) {
  const { joiners, open, failing, firstAccount } = summary;
  if (joiners === 0) return <>Nobody has joined in this period.</>;
  const waiting = open + failing;
  return (
    <>
      <FilterLink set={{ show: null, took: null }}>{plural(joiners, "person", "people")}</FilterLink> joined
      {firstAccount === null ? "" : `; half had a first working account within ${duration(firstAccount)}`}.{" "}
      {waiting === 0 ? (
        "No account is waited for."
      ) : (
        <>
          <FilterLink set={{ show: "waiting", took: null }}>{plural(waiting, "account")}</FilterLink>{" "}
          {waiting === 1 ? "was" : "were"} never seen working
          {failing === 0 ? "" : ", "}
          {failing === 0 ? null : (
            <FilterLink set={{ show: "failing", took: null }}>{count(failing)}</FilterLink>
          )}
          {failing === 0 ? "" : " because making it failed"}.
        </>
      )}
    </>
  );
}

const told = (seconds: number | null): string => (seconds === null ? "not reached" : duration(seconds));

export function JoinersPage({
  initial,
  rows,
}: {
  initial: Initial<"joiners">;
  rows: InitialRows<"joiners">;
}) {
  const query = useReport("joiners", initial, "few");
  const search = useSearchParams();
  const band = BANDS.find(({ key }) => key === search.get("took"));
  return (
    <ReportFrame
      title="Joiners"
      will="Here will be how soon each new person's accounts worked."
      query={query}
    >
      {(report) => {
        const { kaplanMeier, naive } = report.summary;
        return (
          <>
            <Answer title="Joiners">
              <Sentence summary={report.summary} />
            </Answer>
            <ReportFilters applications={initial.applications} did="Joined" />
            {report.summary.steps === 0 ? null : (
              <div className="mb-8 grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,560px)_max-content]">
                <Histogram took={report.took} summary={report.summary} />
                <Facts
                  rows={[
                    ["Half work within, waiting ones counted", told(kaplanMeier.p50)],
                    ["95 % work within, waiting ones counted", told(kaplanMeier.p95)],
                    ["Half of those that work, within", told(naive.p50)],
                    ["95 % of those that work, within", told(naive.p95)],
                  ]}
                />
              </div>
            )}
            <DataTable
              shape={JOINERS}
              initial={rows}
              report={reportQuery((name) => search.get(name))}
              fixed={joinerFilters((name) => search.get(name))}
              none="Nobody has joined in this period."
            >
              <Select name="show" label="Show" all={`All ${count(report.summary.steps)}`} choices={SHOW} />
              {band === undefined ? null : <SetFilter name="took" words={`Took ${band.label}`} />}
            </DataTable>
          </>
        );
      }}
    </ReportFrame>
  );
}
