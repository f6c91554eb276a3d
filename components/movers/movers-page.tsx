"use client";
/** What did moves leave behind? */
import { useSearchParams } from "next/navigation";
import type { DriftKind, MoverRow, MoversReport } from "../../lib/reports/contract.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { DRIFT_WORDS } from "../format/words.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Select, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { DriftTable } from "./drift-table.tsx";
import { Moves } from "./moves.tsx";

const KINDS = (Object.keys(DRIFT_WORDS) as DriftKind[]).map((value) => ({
  value,
  label: DRIFT_WORDS[value].word,
}));
const STATES = [
  { value: "", label: "Held" },
  { value: "closed", label: "Gone" },
  { value: "all", label: "All" },
];

function Sentence({ summary }: { summary: MoversReport["summary"] }) {
  const { movers, drift, outside, affectedPeople } = summary;
  return (
    <>
      <FilterLink set={{ view: "moves" }}>{plural(movers, "move")}</FilterLink> {movers === 1 ? "is" : "are"}{" "}
      on record;{" "}
      <FilterLink set={{ view: null, state: null, kind: "drift" }}>
        {plural(drift, "group or role", "groups and roles")}
      </FilterLink>{" "}
      stayed behind after one and {drift === 1 ? "is" : "are"} still held.{" "}
      {outside === 0 ? null : (
        <>
          <FilterLink set={{ view: null, state: null, kind: "outside" }}>{count(outside)}</FilterLink>{" "}
          {outside === 1 ? "was" : "were"} granted outside of provisioning.{" "}
        </>
      )}
      {affectedPeople === 0 ? "" : `${plural(affectedPeople, "person is", "people are")} concerned.`}
    </>
  );
}

function chosen(rows: readonly MoverRow[], kind: string, state: string): MoverRow[] {
  return rows.filter(
    (row) =>
      (state === "all" || row.status === (state === "closed" ? "closed" : "open")) &&
      (kind === "" || row.kind === kind || (kind === "drift" && row.kind !== "outside")),
  );
}

export function MoversPage({ initial }: { initial: Initial<"movers"> }) {
  const query = useReport("movers", initial);
  const search = useSearchParams();
  const byMove = search.get("view") === "moves";
  return (
    <ReportFrame
      title="Movers"
      will="Here will be who moved, and what they should no longer have."
      query={query}
    >
      {(report) => {
        const rows = chosen(report.rows, search.get("kind") ?? "", search.get("state") ?? "");
        return (
          <>
            <Answer title="Movers">
              <Sentence summary={report.summary} />
            </Answer>
            <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
              <ApplicationFilter applications={initial.applications} />
              <DayFilter name="from" label="Moved from" />
              <DayFilter name="to" label="to" />
              <CsvLink report="movers" />
            </div>
            <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
              <Switch
                name="view"
                label="View"
                choices={[
                  { value: "", label: "Groups and roles" },
                  { value: "moves", label: "Moves" },
                ]}
              />
              <h2 id={ROWS}>
                {byMove
                  ? plural(report.moves.length, "move")
                  : plural(rows.length, "group or role", "groups and roles")}
              </h2>
              {byMove ? null : (
                <>
                  <Switch name="state" label="State" choices={STATES} />
                  <Select
                    name="kind"
                    label="Why"
                    all="All"
                    choices={[{ value: "drift", label: "Left behind" }, ...KINDS]}
                  />
                </>
              )}
            </div>
            {byMove ? (
              <Moves key={search.toString()} moves={report.moves} asOf={report.asOf} />
            ) : rows.length === 0 ? (
              <p className="py-6">No group or role fits these filters.</p>
            ) : (
              <DriftTable key={search.toString()} rows={rows} asOf={report.asOf} />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
