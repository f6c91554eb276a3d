/** A source's usual rhythm, learnt from the source itself, and the holes in time that break it. docs/semantics.md, "Completeness". */
import type { Instant } from "../ingest/event.ts";

/** A UTC hour in which a source has events, and how many. */
export interface HourCount {
  /** The hour's first moment. */
  hour: Instant;
  events: number;
}

/** A stretch of time without events where there should be some. */
export interface Hole {
  from: Instant;
  to: Instant;
  /** How many events were to be expected in it. */
  expected: number;
  /** It reaches up to the moment that is asked about. */
  open: boolean;
}

const HOUR = 3_600_000;
const WEEK_HOURS = 168;
/** Nights and short pauses are never told. */
const SHORT_HOURS = 6;
/** P(0) = exp(−expected) < 0.001. */
const IMPROBABLE = Math.log(1000);
/** Comparable weeks on each side: near enough that a source that grows or shrinks is held against itself as it was. */
const WEEKS_A_SIDE = 13;
const WEEKS_NEEDED = 3;
/** While the week's shape is not known, a long weekend must not look like a hole. */
const LONG_WEEKEND_HOURS = 96;

/** What a stretch usually holds: hours with any event, and events. */
interface Usual {
  active: number;
  events: number;
}

/** The value below which a share of them lies, by nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1] ?? 0;
}

/** Hours counted from 1970; spans take in their first hour, not their end. */
class Rhythm {
  private readonly active: number[];
  /** Events before the n-th active hour. */
  private readonly sums: number[] = [0];
  private readonly first: number;
  private readonly end: number;
  /** The holes between hours that have events, which no moment changes. */
  private closed: Hole[] | null = null;

  constructor(hours: readonly HourCount[]) {
    this.active = hours.map(({ hour }) => hour / HOUR);
    for (const { events } of hours) this.sums.push((this.sums.at(-1) ?? 0) + events);
    this.first = this.active[0] ?? 0;
    this.end = (this.active.at(-1) ?? -1) + 1;
  }

  /** The number of active hours before `hour`. */
  private rank(hour: number): number {
    let low = 0;
    let high = this.active.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.active[middle] ?? 0) < hour) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private counts(from: number, to: number): Usual {
    const [a, b] = [this.rank(from), this.rank(to)];
    return { active: b - a, events: (this.sums[b] ?? 0) - (this.sums[a] ?? 0) };
  }

  /** The same hours of the week in the weeks before and after the hole; null when too few are known. */
  private sameHours(from: number, to: number, length: number): Usual | null {
    const past = Array.from({ length: WEEKS_A_SIDE }, (_, k) => from - (k + 1) * WEEK_HOURS);
    const beyond = from + Math.ceil((to - from) / WEEK_HOURS) * WEEK_HOURS;
    const future = Array.from({ length: WEEKS_A_SIDE }, (_, k) => beyond + k * WEEK_HOURS);
    const weeks = [...past, ...future]
      .filter((start) => start >= this.first && start + length <= this.end)
      .map((start) => this.counts(start, start + length));
    if (weeks.length < WEEKS_NEEDED) return null;
    return {
      active: quantile(
        weeks.map((week) => week.active),
        0.1,
      ),
      events: quantile(
        weeks.map((week) => week.events),
        0.5,
      ),
    };
  }

  /** Where no weeks compare: the mean over all hours but the hole's. Null while even that says nothing. */
  private mean(from: number, to: number): Usual | null {
    const length = to - from;
    const known = this.end - this.first - (to <= this.end ? length : 0);
    if (known < WEEK_HOURS || length <= LONG_WEEKEND_HOURS) return null;
    const all = this.counts(this.first, this.end);
    return { active: (all.active * length) / known, events: (all.events * length) / known };
  }

  private expected(from: number, to: number): Usual | null {
    const weeks = Math.floor((to - from) / WEEK_HOURS);
    const rest = (to - from) % WEEK_HOURS;
    const week = weeks === 0 ? { active: 0, events: 0 } : this.sameHours(from, to, WEEK_HOURS);
    const part = this.sameHours(from, to, rest);
    if (week === null || part === null) return this.mean(from, to);
    return { active: weeks * week.active + part.active, events: weeks * week.events + part.events };
  }

  private hole(hour: number, next: number, open: boolean): Hole | null {
    const from = hour + 1;
    if (next - from <= SHORT_HOURS) return null;
    const usual = this.expected(from, next);
    if (usual === null || usual.active <= IMPROBABLE) return null;
    const expected = Math.max(Math.round(usual.events), 1);
    return { from: from * HOUR, to: next * HOUR, expected, open };
  }

  /** @param edge the first hour of which nothing is known yet. */
  holes(edge: number): Hole[] {
    this.closed ??= this.active.flatMap((hour, i) => {
      const next = this.active[i + 1];
      return (next === undefined ? null : this.hole(hour, next, false)) ?? [];
    });
    const last = this.active.at(-1);
    const open = last === undefined ? null : this.hole(last, edge, true);
    return open === null ? this.closed : [...this.closed, open];
  }
}

/** The hours of a source are asked about again and again: what they teach stays as long as they do. */
const rhythms = new WeakMap<readonly HourCount[], Rhythm>();

function rhythmOf(hours: readonly HourCount[]): Rhythm {
  const known = rhythms.get(hours) ?? new Rhythm(hours);
  rhythms.set(hours, known);
  return known;
}

/**
 * The holes that the source's own rhythm makes improbable, in order of time; the last one may be open.
 * What is expected is counted in hours with any event, the lower decile of the comparable weeks: a burst is one hour,
 * and one busy week creates no expectation.
 * @param hours in order of time, none later than `asOf`.
 */
export function silentHoles(hours: readonly HourCount[], asOf: Instant): Hole[] {
  return rhythmOf(hours).holes(Math.floor((asOf + 1) / HOUR));
}
