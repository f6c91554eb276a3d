"use client";
/** What does provisioning carry? */
import { useSearchParams } from "next/navigation";
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { usePanel } from "../data/use-address.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { CAPABILITIES, COVERAGE_STATES } from "../format/words.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Select, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { AutomateNext } from "./automate-next.tsx";
import type { CellRef, Emphasis } from "./cells.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { Legend } from "./legend.tsx";
import { ProofPanel } from "./proof-panel.tsx";
import { capabilityNamed } from "./tiles.ts";
import { CoverageTreemap } from "./treemap.tsx";

const WINDOWS = ["30", "90", "180"].map((value) => ({ value, label: `${value} days` }));

function Sentence({ report }: { report: CoverageReport }) {
  const { accounts, accountsCovered, applications, uncovered, cells } = report.summary;
  return (
    <>
      {count(accountsCovered)} of {plural(accounts, "active account")} are where provisioning creates or ends
      them;{" "}
      <FilterLink set={{ state: "uncovered" }}>
        {count(uncovered)} of {plural(applications, "application")}
      </FilterLink>{" "}
      {uncovered === 1 ? "is" : "are"} in use without any, and{" "}
      <FilterLink set={{ state: "degraded" }}>
        {plural(cells.degraded, "capability", "capabilities")}
      </FilterLink>{" "}
      {cells.degraded === 1 ? "is" : "are"} failing or late.
    </>
  );
}

const cellName = ({ capability, application }: CellRef): string => `${capability}:${application}`;

function cellOfName(name: string | null): CellRef | null {
  const [capability = "", ...application] = (name ?? "").split(":");
  const known = CAPABILITIES.find((one) => one === capability);
  return known === undefined ? null : { capability: known, application: application.join(":") };
}

const VIEWS = [
  { value: "", label: "Map" },
  { value: "people", label: "By people" },
];

export function CoveragePage({
  initial,
  customers,
}: {
  initial: Initial<"coverage">;
  /** Whose records there are, for the filter; none where there is nothing to choose. */
  customers: readonly string[];
}) {
  const query = useReport("coverage", initial);
  const panel = usePanel("cell");
  const search = useSearchParams();
  const state = search.get("state");
  const emphasis: Emphasis =
    state === "uncovered" ? state : (COVERAGE_STATES.find((known) => known === state) ?? null);
  const at = cellOfName(panel.open);
  const open = (cell: CellRef) => panel.show(cellName(cell));
  return (
    <ReportFrame
      title="Coverage"
      will="Here will be a map of what provisioning carries in each application."
      query={query}
    >
      {(report) => {
        const row =
          at === null ? undefined : report.rows.find(({ application }) => application === at.application);
        return (
          <>
            <Answer title="Coverage">
              <Sentence report={report} />
            </Answer>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
              <Legend report={report} emphasis={emphasis} />
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
                <Switch name="view" label="View" choices={VIEWS} stay />
                {customers.length === 0 ? null : (
                  <Select
                    name="customer"
                    label="Customer"
                    all="All"
                    choices={customers.map((value) => ({ value, label: value }))}
                  />
                )}
                {search.has("application") ? <ApplicationFilter applications={initial.applications} /> : null}
                <Switch name="days" label="Window" choices={WINDOWS} now={String(report.window.days)} />
                <DayFilter name="asOf" label="As of" />
                <CsvLink report="coverage" />
              </div>
            </div>
            {search.get("view") === "people" ? (
              <CoverageTreemap
                report={report}
                capability={capabilityNamed(search.get("capability"))}
                emphasis={emphasis}
                onOpen={open}
              />
            ) : (
              <CoverageMap report={report} emphasis={emphasis} onOpen={open} />
            )}
            <AutomateNext report={report} />
            {at === null || row === undefined ? null : (
              <ProofPanel
                row={row}
                at={at}
                asOf={report.asOf}
                days={report.window.days}
                onClose={panel.close}
              />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
