/** How long the records of a source are kept, in words. */
import type { SourceRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { day } from "../format/time.ts";

/** @returns a few words, such as "400 days; 12 from before 3 Feb 2026 removed". */
export function keptWords({ keptDays, removed }: Pick<SourceRow, "keptDays" | "removed">): string {
  const kept = keptDays === null ? "for good" : plural(keptDays, "day");
  return removed === null
    ? kept
    : `${kept}; ${count(removed.records)} from before ${day(removed.before)} removed`;
}
