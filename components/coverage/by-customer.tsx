"use client";
/** The map by customer, the worst first: what stands for each in sum and, where it is open, what is its own. */
import { type ReactNode, useId, useState } from "react";
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { COVERAGE_STATES, COVERAGE_WORDS } from "../format/words.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { type CustomerGroup, customerName, groupsOf, openAtFirst } from "./cells.ts";

function Figures({ group: { customer, summary } }: { group: CustomerGroup }) {
  const { cells, applications, uncovered, people } = summary;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1 text-sm">
      {COVERAGE_STATES.map((state) => (
        <span
          key={state}
          className="inline-flex items-center gap-1.5 whitespace-nowrap"
          title={COVERAGE_WORDS[state].means}
        >
          <StateMark tone={COVERAGE_WORDS[state].tone} />
          {count(cells[state])} {COVERAGE_WORDS[state].word.toLowerCase()}
        </span>
      ))}
      <span>
        {count(uncovered)} of {plural(applications, "application")} uncovered
      </span>
      <span>{plural(people, "person", "people")} exposed</span>
      {customer === null ? null : (
        <FilterLink
          set={{ customer, by: null }}
          className="figure print:hidden"
          label={`Its own map and plan: ${customer}`}
        >
          Its own map and plan
        </FilterLink>
      )}
    </p>
  );
}

function Group({
  group,
  open,
  onToggle,
  children,
}: {
  group: CustomerGroup;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={`${id}-name`} className="border-t border-line py-2 break-inside-avoid-page">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <h2 id={`${id}-name`} className="min-w-0 [overflow-wrap:anywhere]">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? `${id}-map` : undefined}
            className="flex items-center gap-2 py-1 text-left hover:underline"
            onClick={onToggle}
          >
            <svg
              viewBox="0 0 12 12"
              width={10}
              height={10}
              aria-hidden="true"
              className={`shrink-0 text-soft ${open ? "rotate-90" : ""}`}
            >
              <path d="M4 1.5 8.5 6 4 10.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
            </svg>
            {customerName(group.customer)}
          </button>
        </h2>
        <Figures group={group} />
      </div>
      {open ? (
        <div id={`${id}-map`} className="pt-1 pb-3">
          {group.report.rows.length === 0 ? (
            <p className="text-soft">No application is named in its records.</p>
          ) : (
            children
          )}
        </div>
      ) : null}
    </section>
  );
}

export function ByCustomer({
  report,
  children,
}: {
  report: CoverageReport;
  /** What is shown of each customer that is open. */
  children: (own: CoverageReport, customer: string | null) => ReactNode;
}) {
  const groups = groupsOf(report);
  const first = openAtFirst(groups);
  /** What the reader has opened and closed. */
  const [chosen, setChosen] = useState<ReadonlyMap<string | null, boolean>>(new Map());
  const isOpen = ({ customer }: CustomerGroup, i: number) => chosen.get(customer) ?? i < first;
  const setAll = (open: boolean) => setChosen(new Map(groups.map(({ customer }) => [customer, open])));
  return (
    <div className="border-b border-line">
      {groups.length < 2 ? null : (
        <p className="mb-2 flex gap-2 print:hidden">
          <button type="button" className="button" onClick={() => setAll(true)}>
            Open all
          </button>
          <button type="button" className="button" onClick={() => setAll(false)}>
            Close all
          </button>
        </p>
      )}
      {groups.map((group, i) => (
        <Group
          key={group.customer ?? "\0"}
          group={group}
          open={isOpen(group, i)}
          onToggle={() => setChosen(new Map(chosen).set(group.customer, !isOpen(group, i)))}
        >
          {children(group.report, group.customer)}
        </Group>
      ))}
    </div>
  );
}
