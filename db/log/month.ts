/**
 * The log is partitioned by month: a record stands in the UTC month of its first event, and a segment holds records of one
 * month. Since its time is part of what a record is known by (lib/ingest/fingerprint.ts), the same record is always looked
 * for in the same month; and, stored before there were months or put together with others by retention, in the one partition
 * whose rows say `-infinity`. Pure: db/log/months.ts has the partitions.
 */

/** Days from 1970 to 2000-01-01, from which PostgreSQL counts. */
const EPOCH_DAYS = 10_957;
const DAY = 86_400_000;

/** The month that was asked for last, from its first moment to the next one's: times come in order, most often. */
let last = { from: 0, to: 0, month: 0 };

/**
 * @param at milliseconds since 1970.
 * @returns the first day of its UTC month, in days since 2000-01-01.
 */
export function monthOf(at: number): number {
  if (at < last.from || at >= last.to || last.from === last.to) {
    const date = new Date(at);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    // Not Date.UTC, which takes the years 0 to 99 for others.
    const first = (which: number) => new Date(0).setUTCFullYear(year, which, 1);
    last = { from: first(month), to: first(month + 1), month: first(month) / DAY - EPOCH_DAYS };
  }
  return last.month;
}

/** The months of segments, as {@link monthOf} has them. */
export const monthsOf = (segments: readonly { firstAt: number }[]): number[] =>
  segments.map(({ firstAt }) => monthOf(firstAt));
