"use client";
/** The same figures by application, department, customer or month; each row leads to its accounts. */
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { OffboardingGroup, OffboardingReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { Switch } from "../ui/filters.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { GroupCurves } from "./group-curves.tsx";
import { GROUPINGS, type Grouping, groupingOf } from "./groups.ts";
import { percentileInWords } from "./words.ts";

const BY = Object.entries(GROUPINGS).map(([value, { label }]) => ({
  value,
  label: `By ${label.toLowerCase()}`,
}));

/** The accounts stand below: so many groups leave them in sight. */
const SHOWN = 12;

const FIGURES = ["Leavers", "Accounts", "Ended", "Not ended", "Past the SLA", "Half within", "95 % within"];

/** The SLA of a group: an application's own, else the one that all rows share. */
function slaIn(report: OffboardingReport, by: Grouping): (group: OffboardingGroup) => number | null {
  return by === "application" ? (group) => group.commonSla : () => report.commonSla;
}

export function GroupsTable({ report }: { report: OffboardingReport }) {
  const { groups } = report;
  const by = groupingOf(useSearchParams().get("by"));
  const [all, setAll] = useState(false);
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
