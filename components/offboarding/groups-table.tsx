"use client";
/** The same figures by application, department, customer or month; each row leads to its accounts. */
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { OffboardingGroup, OffboardingReport } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { joined, reportQuery } from "../data/report-query.ts";
import { count } from "../format/number.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { Switch } from "../ui/filters.tsx";
import { Problem } from "../ui/problem.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { GroupCurves } from "./group-curves.tsx";
import { GROUPINGS, type Grouping, groupingOf } from "./groups.ts";
import { percentileInWords } from "./words.ts";

const BY = Object.entries(GROUPINGS).map(([value, { label }]) => ({
  value,
  label: `By ${label.toLowerCase()}`,
}));

/** The accounts stand below: so many groups leave them in sight. Their curves come with the report (lib/reports/shortened.ts). */
const SHOWN = 12;

const FIGURES = ["Leavers", "Accounts", "Ended", "Not ended", "Past the SLA", "Half within", "95 % within"];

/** The SLA of a group: an application's own, else the one that all rows share. */
function slaIn(report: OffboardingReport, by: Grouping): (group: OffboardingGroup) => number | null {
  return by === "application" ? (group) => group.commonSla : () => report.commonSla;
}

/** The groups with all curves, once they are wished for; until they have come, as the report has them. */
function useAllCurves(report: OffboardingReport, wished: boolean) {
  const search = useSearchParams();
  const query = joined(
    reportQuery((name) => search.get(name)),
    "limit=1&curves=all",
  );
  const missing = Object.values(report.groups).some((own) => own.some(({ curve }) => curve === null));
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["report", "offboarding", query],
    queryFn: ({ signal }) => fetchJson<OffboardingReport>(`/api/v1/reports/offboarding?${query}`, { signal }),
    enabled: wished && missing,
  });
  return {
    groups: (data ?? report).groups,
    error,
    isComing: isFetching && data === undefined,
    retry: () => void refetch(),
  };
}

export function GroupsTable({ report }: { report: OffboardingReport }) {
  const [all, setAll] = useState(false);
  const { groups, error, isComing, retry } = useAllCurves(report, all);
  const by = groupingOf(useSearchParams().get("by"));
  // Of months the newest tell most.
  const rows = by === "month" ? groups.month.toReversed() : groups[by];
  const shown = all ? rows : rows.slice(0, SHOWN);
  const { label, link } = GROUPINGS[by];
  return (
    <section className="mb-8" aria-label="Groups">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2>How fast where</h2>
        <Switch name="by" label="Group" choices={BY} now={by} stay />
      </div>
      <GroupCurves groups={shown} whole={report.curve} slaOf={slaIn(report, by)} by={by} />
      {isComing ? (
        <p role="status" className="mb-4 text-sm text-soft">
          Fetching the other curves …
        </p>
      ) : null}
      {error === null ? null : <Problem error={error} retry={retry} since={0} />}
      <TableFrame heads={[label, ...FIGURES.map((head) => ({ head, number: true }))]}>
        {shown.map((group) => (
          <tr key={group.name}>
            <th scope="row">
              <FilterLink set={link(group.name)} className="link">
                {group.name}
              </FilterLink>
            </th>
            <td className="number">{count(group.leavers)}</td>
            <td className="number">{count(group.steps)}</td>
            <td className="number">{count(group.ended)}</td>
            <td className="number">{count(group.open)}</td>
            <td className={`number ${group.breached > 0 ? "font-medium text-bad" : ""}`}>
              {count(group.breached)}
            </td>
            <td className="number">{percentileInWords(group.kaplanMeier.p50, group.bands.p50)}</td>
            <td className="number">{percentileInWords(group.kaplanMeier.p95, group.bands.p95)}</td>
          </tr>
        ))}
      </TableFrame>
      {shown.length === rows.length ? null : (
        <button type="button" className="button mt-3 print:hidden" onClick={() => setAll(true)}>
          Show all {count(rows.length)}
        </button>
      )}
    </section>
  );
}
