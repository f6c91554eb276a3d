/** Periods of the calendar, in UTC, at whose end a pack is made. Pure. */
import { utc } from "@date-fns/utc";
import { addMonths } from "date-fns/addMonths";
import { addQuarters } from "date-fns/addQuarters";
import { addWeeks } from "date-fns/addWeeks";
import { format } from "date-fns/format";
import { startOfISOWeek } from "date-fns/startOfISOWeek";
import { startOfMonth } from "date-fns/startOfMonth";
import { startOfQuarter } from "date-fns/startOfQuarter";

export const EVERY = ["week", "month", "quarter"] as const;
/** A week begins on Monday (ISO 8601), a quarter in January, April, July and October. */
export type Every = (typeof EVERY)[number];

const START: Record<Every, (at: Date) => Date> = {
  week: startOfISOWeek,
  month: startOfMonth,
  quarter: startOfQuarter,
};
const NEXT: Record<Every, (start: Date, amount: number) => Date> = {
  week: addWeeks,
  month: addMonths,
  quarter: addQuarters,
};

/** Of date-fns: how a period is called in a file's name. */
const NAME: Record<Every, string> = { week: "RRRR-'W'II", month: "yyyy-MM", quarter: "yyyy-'Q'Q" };

/** A period that is over; milliseconds since 1970. */
export interface Period {
  /** Its first moment. */
  from: number;
  /** Its last millisecond. */
  to: number;
  /** The first moment of the next one: a pack of the period is as of then. */
  asOf: number;
}

/** The first moment of the period that a moment lies in. */
export const startOf = (every: Every, at: number): number => START[every](utc(at)).getTime();

/** The period that ended last, by `at`. */
export function endedBy(every: Every, at: number): Period {
  const asOf = startOf(every, at);
  return { from: startOf(every, asOf - 1), to: asOf - 1, asOf };
}

/** When the period that a moment lies in ends, and its pack is due. */
export const nextDue = (every: Every, at: number): number => NEXT[every](START[every](utc(at)), 1).getTime();

/**
 * The periods that ended after `since`, up to `now`, the oldest first.
 * @param most of them, the newest: older packs would be deleted at once.
 */
export function duePeriods(every: Every, since: number, now: number, most: number): Period[] {
  const due: Period[] = [];
  for (let at = now; due.length < most; ) {
    const period = endedBy(every, at);
    if (period.asOf <= since) break;
    due.push(period);
    at = period.to;
  }
  return due.reverse();
}

/** A period as a part of a file's name: `2026-W48`, `2026-11`, `2026-Q4`. */
export const periodName = (every: Every, from: number): string => format(utc(from), NAME[every]);
