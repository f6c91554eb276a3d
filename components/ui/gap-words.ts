/** A gap of a source in the reader's words. */
import type { SourceGap } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { day, dayAndTime } from "../format/time.ts";

const TWO_DAYS = 2 * 86_400_000;

/** `from 3 Mar 2026 to 5 Mar 2026`; with the minutes where it is shorter than two days. */
function span({ from, to }: SourceGap): string {
  const told = Date.parse(to) - Date.parse(from) < TWO_DAYS ? dayAndTime : day;
  return `from ${told(from)} to ${told(to)}`;
}

const AFTER: Record<SourceGap["kind"], string> = {
  silence: "",
  jump: "; it lies between two ingests",
  retention: "; the provider no longer has what lay in between",
  interrupted: "",
};

/** Part of a sentence: `no events from 3 Mar 2026 to 5 Mar 2026, about 41 were to be expected`. */
export function gapWords(gap: SourceGap): string {
  if (gap.kind === "interrupted") return `an ingest ended early, after events ${span(gap)}`;
  const expected =
    gap.expected === null
      ? ""
      : `, about ${count(gap.expected)} ${gap.expected === 1 ? "was" : "were"} to be expected`;
  return `no events ${span(gap)}${expected}${AFTER[gap.kind]}`;
}
