"use client";
/** What the shapes mean, how many cells have each, and a way to let one kind stand out. */
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { COVERAGE_STATES, COVERAGE_WORDS } from "../format/words.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import type { Emphasis } from "./cells.ts";

const CHOICE =
  "inline-flex items-center gap-1.5 rounded py-1 hover:underline aria-[current=true]:font-semibold aria-[current=true]:underline";

/** Beside applications that are in use without any provisioning. */
export function UncoveredMark() {
  return (
    <svg
      viewBox="0 0 12 12"
      width={11}
      height={11}
      className="shrink-0 text-bad"
      role="img"
      aria-label="Uncovered"
    >
      <title>Uncovered: in use, never provisioned</title>
      <path d="M6 1 11 6 6 11 1 6Z" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  );
}

export function Legend({ report, emphasis }: { report: CoverageReport; emphasis: Emphasis }) {
  const { cells } = report.summary;
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {COVERAGE_STATES.map((state) => {
        const { word, tone, means } = COVERAGE_WORDS[state];
        const chosen = emphasis === state;
        return (
          <li key={state} title={means}>
            <FilterLink set={{ state: chosen ? null : state }} current={chosen} className={CHOICE}>
              <StateMark tone={tone} />
              {word} <span className="text-soft">{count(cells[state])}</span>
            </FilterLink>
          </li>
        );
      })}
      <li title="accounts or sign-ins were seen, never a provisioning event">
        <FilterLink
          set={{ state: emphasis === "uncovered" ? null : "uncovered" }}
          current={emphasis === "uncovered"}
          className={CHOICE}
        >
          <UncoveredMark /> Uncovered <span className="text-soft">{count(report.summary.uncovered)}</span>
        </FilterLink>
      </li>
    </ul>
  );
}
