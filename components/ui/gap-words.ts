/** A gap of a source in words, but for its two moments: whoever draws it tells them by the reader's clock. */
import type { SourceGap } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";

const TWO_DAYS = 2 * 86_400_000;

/** Part of a sentence: `before` from one moment to the other `after`. */
interface GapWords {
  before: string;
  /** How exactly the moments are told: to the minute where the gap is shorter than two days. */
  exact: "day" | "minute";
  after: string;
}

const AFTER: Record<SourceGap["kind"], string> = {
  silence: "",
  jump: "; it lies between two ingests",
  retention: "; the provider no longer has what lay in between",
  interrupted: "",
};

/** `no events` from 3 Mar 2026 to 5 Mar 2026 `, about 41 were to be expected`. */
export function gapWords(gap: SourceGap): GapWords {
  const exact = Date.parse(gap.to) - Date.parse(gap.from) < TWO_DAYS ? "minute" : "day";
  if (gap.kind === "interrupted") {
    return { before: "an ingest ended early, after events", exact, after: "" };
  }
  const expected =
    gap.expected === null
      ? ""
      : `, about ${count(gap.expected)} ${gap.expected === 1 ? "was" : "were"} to be expected`;
  return { before: "no events", exact, after: expected + AFTER[gap.kind] };
}
