"use client";
/** What did moves leave behind? */
import { useSearchParams } from "next/navigation";
import type { DriftKind, MoversReport } from "../../lib/reports/contract.ts";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { DRIFT_WORDS } from "../format/words.ts";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ReportFilters, Select, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { DRIFT } from "./drift-shape.tsx";
import { Moves } from "./moves.tsx";

const KINDS = (Object.keys(DRIFT_WORDS) as DriftKind[]).map((value) => ({
  value,
  label: DRIFT_WORDS[value].word,
}));
const STATES = [
  { value: "", label: "All" },
  { value: "open", label: "Held" },
  { value: "closed", label: "Gone" },
];

function Sentence({ summary }: { summary: MoversReport["summary"] }) {
  const { movers, drift, outside, affectedPeople } = summary;
  return (
    <>
      <FilterLink set={{ view: "moves" }}>{plural(movers, "move")}</FilterLink> {movers === 1 ? "is" : "are"}{" "}
      on record;{" "}
      <FilterLink set={{ view: null, "f.status": "open", "f.kind": "!=outside" }}>
        {plural(drift, "group or role", "groups and roles")}
      </FilterLink>{" "}
      stayed behind after one and {drift === 1 ? "is" : "are"} still held.{" "}
      {outside === 0 ? null : (
        <>
          <FilterLink set={{ view: null, "f.status": "open", "f.kind": "outside" }}>
            {count(outside)}
          </FilterLink>{" "}
          {outside === 1 ? "was" : "were"} granted outside of provisioning.{" "}
        </>
      )}
      {affectedPeople === 0 ? "" : `${plural(affectedPeople, "person is", "people are")} concerned.`}
    </>
  );
}

/** How the rows are looked at: what stayed behind, or the moves themselves. */
function By() {
  return (
    <Switch
      name="view"
      label="View"
      choices={[
        { value: "", label: "Groups and roles" },
        { value: "moves", label: "Moves" },
      ]}
    />
  );
}

export function MoversPage({ initial, rows }: { initial: Initial<"movers">; rows: InitialRows<"movers"> }) {
  const search = useSearchParams();
  const byMove = search.get("view") === "moves";
  const query = useReport("movers", initial, byMove ? "many" : "few");
  return (
    <ReportFrame
      title="Movers"
      will="Here will be who moved, and what they should no longer have."
      query={query}
    >
      {(report) => (
        <>
          <Answer title="Movers">
            <Sentence summary={report.summary} />
          </Answer>
          <ReportFilters applications={initial.applications} did="Moved" />
          {byMove ? (
            <>
              <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
                <By />
                <h2 id={ROWS}>{plural(report.summary.movers, "move")}</h2>
                {report.moves.length < report.summary.movers ? (
                  <span className="text-soft">
                    The newest {count(report.moves.length)} are here; a period shows older ones.
                  </span>
                ) : null}
              </div>
              <Moves key={search.toString()} moves={report.moves} asOf={report.asOf} />
            </>
          ) : (
            <DataTable
              shape={DRIFT}
              initial={rows}
              report={reportQuery((name) => search.get(name))}
              none="No move left a group or role behind."
            >
              <By />
              <Switch name="f.status" label="State" choices={STATES} />
              <Select
                name="f.kind"
                label="Why"
                all="All"
                choices={[{ value: "!=outside", label: "Left behind" }, ...KINDS]}
              />
            </DataTable>
          )}
        </>
      )}
    </ReportFrame>
  );
}
