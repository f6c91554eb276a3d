/** The year of a source as stretches of days that are alike. */
import type { SourceRow } from "../../lib/reports/contract.ts";

const DAY = 86_400_000;

export type DayState = "events" | "none" | "missing";

export interface Stretch {
  state: DayState;
  /** The first moments of its first and last day. */
  from: string;
  to: string;
  days: number;
}

/** A day is missing where a gap touches it, whatever else came that day. */
export function stretchesOf({ year, gaps }: Pick<SourceRow, "year" | "gaps">): Stretch[] {
  const start = Date.parse(year.from);
  const spans = gaps.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  const stretches: Stretch[] = [];
  year.events.forEach((events, i) => {
    const at = start + i * DAY;
    const missing = spans.some(({ from, to }) => from < at + DAY && to > at);
    const state = missing ? "missing" : events > 0 ? "events" : "none";
    const day = new Date(at).toISOString();
    const last = stretches.at(-1);
    if (last?.state === state) {
      last.to = day;
      last.days += 1;
    } else stretches.push({ state, from: day, to: day, days: 1 });
  });
  return stretches;
}
