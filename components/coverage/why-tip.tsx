"use client";
/** The sentence behind the cell that the pointer or the focus is on. */
import type { CoverageCell } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { ago } from "../format/time.ts";
import { trialWords } from "../format/trial.ts";
import { CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import type { CellRef } from "./cells.ts";

const WIDTH = 280;
const ROOM_BELOW = 160;

export function WhyTip({
  at,
  cell,
  box,
  asOf,
}: {
  at: CellRef;
  cell: CoverageCell;
  box: DOMRect;
  asOf: string;
}) {
  const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8));
  const below = box.bottom + ROOM_BELOW < window.innerHeight;
  const place = below ? { top: box.bottom + 4 } : { bottom: window.innerHeight - box.top + 4 };
  const { word, tone } = COVERAGE_WORDS[cell.state];
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-20 rounded border border-line bg-raised p-3 text-sm shadow-lg print:hidden"
      style={{ left, width: WIDTH, ...place }}
    >
      <p className="mb-1 flex items-center justify-between gap-2 font-medium">
        <span className="truncate">
          {at.application}, {CAPABILITY_WORDS[at.capability].word.toLowerCase()}
        </span>
        <State tone={tone} word={word} />
      </p>
      <p>{cell.why}</p>
      <p className="mt-1 text-xs text-soft">
        {count(cell.successes)} carried over, {count(cell.failures)} failed, {count(cell.manual)} by hand
        {cell.lastEventAt === null ? "" : `; newest proof ${ago(cell.lastEventAt, asOf)}`}
        {cell.trial === null ? "" : `; ${trialWords(cell.trial)}`}
      </p>
    </div>
  );
}
