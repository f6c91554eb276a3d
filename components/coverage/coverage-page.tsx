"use client";
/** What does provisioning carry? */
import { useSearchParams } from "next/navigation";
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { usePanel } from "../data/use-address.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { COVERAGE_STATES } from "../format/words.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, JsonLink, Select, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { AutomateNext } from "./automate-next.tsx";
import { ByCustomer } from "./by-customer.tsx";
import { type CellRef, cellName, cellNamed, type Emphasis, rowOf } from "./cells.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { Legend } from "./legend.tsx";
import { ProofPanel } from "./proof-panel.tsx";
import { capabilityNamed } from "./tiles.ts";
import { CoverageTreemap, TreemapHead } from "./treemap.tsx";

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

function CustomersSentence({ report }: { report: CoverageReport }) {
  const { accounts, accountsCovered } = report.summary;
  const customers = report.customers ?? [];
  const uncovered = customers.filter(({ summary }) => summary.uncovered > 0).length;
  const degraded = customers.filter(({ summary }) => summary.cells.degraded > 0).length;
  const all = plural(customers.filter(({ customer }) => customer !== null).length, "customer");
  return (
    <>
      {count(accountsCovered)} of {plural(accounts, "active account")} are where provisioning creates or ends
      them. Of {all}
      {customers.some(({ customer }) => customer === null) ? " and the sources of none" : ""},{" "}
      <FilterLink set={{ state: "degraded" }}>{count(degraded)}</FilterLink> {degraded === 1 ? "has" : "have"}{" "}
      something failing or late, and <FilterLink set={{ state: "uncovered" }}>{count(uncovered)}</FilterLink>{" "}
      {uncovered === 1 ? "has" : "have"} an application in use without any provisioning.
    </>
  );
}

const GROUPS = [
  { value: "", label: "By application" },
  { value: "customer", label: "By customer" },
];

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
  const at = cellNamed(panel.open);
  const open = (cell: CellRef) => panel.show(cellName(cell));
  const capability = capabilityNamed(search.get("capability"));
  const tiles = search.get("view") === "people";
  /** The map or the tiles of the whole, or of a customer in whose group they stand. */
  const picture = (report: CoverageReport, customer?: string | null) => {
    const own = customer === undefined ? {} : { customer };
    return tiles ? (
      <CoverageTreemap report={report} capability={capability} emphasis={emphasis} onOpen={open} {...own} />
    ) : (
      <CoverageMap report={report} emphasis={emphasis} onOpen={open} {...own} />
    );
  };
  return (
    <ReportFrame
      title="Coverage"
      will="Here will be a map of what provisioning carries in each application."
      query={query}
    >
      {(report) => {
        const row = at === null ? undefined : rowOf(report, at);
        return (
          <>
            <Answer title="Coverage">
              {report.customers === null ? (
                <Sentence report={report} />
              ) : (
                <CustomersSentence report={report} />
              )}
            </Answer>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
              <Legend report={report} emphasis={emphasis} />
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
                {customers.length === 0 && !search.has("by") ? null : (
                  <Switch name="by" label="Group" choices={GROUPS} stay />
                )}
                <Switch name="view" label="View" choices={VIEWS} stay />
              </div>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
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
                <JsonLink report="coverage" />
              </div>
            </div>
            {tiles ? <TreemapHead capability={capability} /> : null}
            {report.customers === null ? (
              <>
                {picture(report)}
                <AutomateNext report={report} />
              </>
            ) : (
              <ByCustomer report={report}>{picture}</ByCustomer>
            )}
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
