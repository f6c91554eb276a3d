/** Packs and their schedules in words. Pure. */
import type { PackRow, PackState, PacksList, ScheduleRow } from "../../lib/packs/list-packs.ts";
import { count, plural } from "../format/number.ts";
import { ago, day } from "../format/time.ts";
import type { Word } from "../format/words.ts";

export const EVERY_WORDS: Record<ScheduleRow["every"], string> = {
  week: "Every week",
  month: "Every month",
  quarter: "Every quarter",
};

export const PACK_STATE_WORDS: Record<PackState, Word> = {
  made: { word: "Made", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  deleted: { word: "Deleted for newer ones", tone: "none" },
  missing: { word: "Not on this machine", tone: "unknown" },
};

/** What a pack holds. */
export const scopeOf = ({ customer, application }: Pick<PackRow, "customer" | "application">): string =>
  customer ?? application ?? "Everything";

/** The days of a period, which begins and ends with one in UTC: `1 Nov 2026 to 30 Nov 2026`. */
export const periodOf = ({ from, to }: Pick<PackRow, "from" | "to">): string => `${day(from)} to ${day(to)}`;

/** The page's sentence. */
export function packsWords({ asOf, schedules, packs }: PacksList): string {
  const next = schedules.map(({ nextAt }) => nextAt).sort()[0];
  const kept = packs.filter(({ state }) => state === "made");
  const failed = packs.filter(({ state, nextTryAt }) => state === "failed" && nextTryAt !== null).length;
  const made =
    kept.length === 0 ? "no pack has been made yet" : `${plural(kept.length, "pack")} can be fetched`;
  const wrong =
    failed === 0 ? "" : ` ${count(failed)} could not be made and ${failed === 1 ? "is" : "are"} tried again.`;
  if (next === undefined) {
    return kept.length === 0
      ? "No pack is made by the calendar."
      : `No pack is made by the calendar any more; ${made}.`;
  }
  const scheduled = `${plural(schedules.length, "schedule")} ${schedules.length === 1 ? "makes" : "make"} packs`;
  return `${scheduled}, the next ${ago(next, asOf)}; ${made}.${wrong}`;
}
