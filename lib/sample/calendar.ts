/** The year of the sample, and moments in it that no rule could read two ways. */
import type { Random } from "./random.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Span {
  from: Instant;
  to: Instant;
}

/**
 * Ages at which a rule changes its mind, and how far around them nothing is planned. Around 90 days it is more than a day,
 * because changes by hand are compared with attempts up to 24 hours away.
 */
const THRESHOLDS = [
  { age: DAY, margin: 2 * HOUR, earlier: 5 * HOUR },
  { age: 3 * DAY, margin: 2 * HOUR, earlier: 5 * HOUR },
  { age: 7 * DAY, margin: 2 * HOUR, earlier: 5 * HOUR },
  { age: 90 * DAY, margin: 28 * HOUR, earlier: 3 * DAY },
];

export class Calendar {
  readonly start: Instant;

  constructor(readonly end: Instant) {
    this.start = end - 365 * DAY;
  }

  /** The moment so many days before the end. */
  ago(days: number): Instant {
    return this.end - Math.round(days * DAY);
  }

  /** The same moment, or an earlier one when it lies near a threshold of the rules. */
  clear(at: Instant): Instant {
    const near = THRESHOLDS.find(({ age, margin }) => Math.abs(this.end - age - at) < margin);
    return near === undefined ? at : at - near.earlier;
  }

  /** A clear moment between the two. */
  between(random: Random, from: Instant, to: Instant): Instant {
    return this.clear(Math.floor(from + random.next() * Math.max(0, to - from)));
  }

  /** A clear moment in working hours (UTC, Monday to Friday) near one picked between the two. */
  atWork(random: Random, from: Instant, to: Instant): Instant {
    const picked = new Date(from + random.next() * Math.max(0, to - from));
    const weekday = picked.getUTCDay();
    const toFriday = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
    picked.setUTCDate(picked.getUTCDate() - toFriday);
    picked.setUTCHours(random.int(7, 17), random.int(0, 59), random.int(0, 59), random.int(0, 999));
    const at = picked.getTime();
    return this.clear(at < from || at > to ? Math.floor(from + random.next() * Math.max(0, to - from)) : at);
  }
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
