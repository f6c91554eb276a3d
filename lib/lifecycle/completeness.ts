/** How complete a source is: holes in its rhythm, what they most likely are, and ingests cut off. docs/semantics.md, "Completeness". */
import type { Instant } from "../ingest/event.ts";
import { type HourCount, silentHoles } from "./completeness-rhythm.ts";

export type GapKind = "silence" | "jump" | "retention" | "interrupted";

/** A stretch of time of which events are likely to be missing. */
export interface Gap {
  kind: GapKind;
  from: Instant;
  to: Instant;
  /** How many events were to be expected; null where that can't be told. */
  expected: number | null;
  /** One sentence for the person who must act. */
  why: string;
}

/** One ingest as far as it brought events of the source. */
export interface IngestSpan {
  /** Name of its file; null for standard input. */
  file: string | null;
  state: "running" | "done" | "failed" | "interrupted";
  startedAt: Instant;
  firstEventAt: Instant;
  lastEventAt: Instant;
}

export interface SourceHistory {
  format: string;
  asOf: Instant;
  /** In order of time, none later than `asOf`. */
  hours: readonly HourCount[];
  /** In any order; those with an event up to `asOf`. */
  ingests: readonly IngestSpan[];
  /** Records from before it were removed by retention; absent: none were. */
  removedBefore?: Instant;
}

/** The history from the time on before which records were removed: what is missing before it is no gap. */
export function keptOf(history: SourceHistory, removedBefore: Instant | null): SourceHistory {
  if (removedBefore === null) return history;
  return {
    ...history,
    removedBefore,
    // The hour that it cuts may have lost some of its events.
    hours: history.hours.filter(({ hour }) => hour >= removedBefore),
    ingests: history.ingests.filter(({ lastEventAt }) => lastEventAt >= removedBefore),
  };
}

const DAY = 86_400_000;

/** For how many days each provider hands its log out; Entra's with a P1 or P2 licence, without one it is 7. */
const RETENTION_DAYS: Readonly<Record<string, number>> = {
  okta: 90,
  entra: 30,
  "entra-sign-ins": 30,
  workos: 30,
  github: 180,
  google: 180,
  jumpcloud: 90,
};

const time = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
const nameOf = (ingest: IngestSpan): string => ingest.file ?? "standard input";
const aboutEvents = (count: number): string =>
  `about ${count} ${count === 1 ? "was" : "were"} to be expected`;

/** The one that would come first, were they sorted. */
const firstOf = <T>(list: readonly T[], order: (a: T, b: T) => number): T | undefined =>
  list.reduce<T | undefined>(
    (first, one) => (first === undefined || order(one, first) < 0 ? one : first),
    undefined,
  );

/** The ingests on both sides of a hole that no single one reaches across; null when one does, or a side has none. */
function neighbours(
  ingests: readonly IngestSpan[],
  from: Instant,
  to: Instant,
): { before: IngestSpan; after: IngestSpan } | null {
  if (ingests.some((one) => one.firstEventAt < from && one.lastEventAt >= to)) return null;
  const order = (a: IngestSpan, b: IngestSpan) =>
    a.startedAt - b.startedAt || (nameOf(a) < nameOf(b) ? -1 : 1);
  const before = firstOf(
    ingests.filter((one) => one.firstEventAt < from),
    (a, b) => b.lastEventAt - a.lastEventAt || order(a, b),
  );
  const after = firstOf(
    ingests.filter((one) => one.lastEventAt >= to),
    (a, b) => a.firstEventAt - b.firstEventAt || order(a, b),
  );
  return before === undefined || after === undefined ? null : { before, after };
}

function holes({ format, asOf, hours, ingests }: SourceHistory): Gap[] {
  const days = RETENTION_DAYS[format];
  return silentHoles(hours, asOf).map(({ from, to, expected, open }): Gap => {
    const about = aboutEvents(expected);
    if (open)
      return { kind: "silence", from, to: asOf, expected, why: `No events since ${time(from)}; ${about}.` };
    const sides = neighbours(ingests, from, to);
    const none = `No events from ${time(from)} to ${time(to)}; ${about}.`;
    if (sides === null) return { kind: "silence", from, to, expected, why: none };
    const jump = `${nameOf(sides.before)} ends before it and ${nameOf(sides.after)} begins after it`;
    if (days !== undefined && to - from > days * DAY) {
      const why = `${none} ${jump}; the provider keeps its log for ${days} days, so that what lay in between is lost for good.`;
      return { kind: "retention", from, to, expected, why };
    }
    return { kind: "jump", from, to, expected, why: `${none} ${jump}: ingest what lies in between.` };
  });
}

/** Ingests that ended early, and that no later one made good by reaching over the same time. */
function interrupted({ asOf, ingests }: SourceHistory): Gap[] {
  return ingests
    .filter((one) => one.state === "failed" || one.state === "interrupted")
    .filter(
      (cut) =>
        !ingests.some(
          (one) =>
            one.state === "done" &&
            one.startedAt > cut.startedAt &&
            one.firstEventAt <= cut.firstEventAt &&
            one.lastEventAt >= cut.lastEventAt,
        ),
    )
    .map((cut) => ({
      kind: "interrupted",
      from: cut.firstEventAt,
      to: Math.min(cut.lastEventAt, asOf),
      expected: null,
      why: `The ingest of ${nameOf(cut)} ended early, after events from ${time(cut.firstEventAt)} to ${time(cut.lastEventAt)}: ingest it again for the rest.`,
    }));
}

const text = ({ kind, from, to, why }: Gap): string => JSON.stringify([from, to, kind, why]);

/** The gaps of a source up to `asOf`, in order of time. */
export function gapsOf(history: SourceHistory): Gap[] {
  // They come when somebody tries, and by no rhythm.
  if (history.format === "scim-trial") return [];
  const gaps = [...holes(history), ...interrupted(history)];
  return gaps.sort((a, b) => a.from - b.from || a.to - b.to || (text(a) < text(b) ? -1 : 1));
}

/**
 * Whether retention has removed what was before, or the log begins later than the provider could have told when it was first
 * asked: a sentence, or null. No gap: a young tenant looks the same.
 */
export function beginningOf({ format, hours, ingests, removedBefore }: SourceHistory): string | null {
  if (removedBefore !== undefined)
    return `Records from before ${time(removedBefore)} were removed by retention, but for those that something rests on to this day.`;
  const days = RETENTION_DAYS[format];
  if (days === undefined || hours.length === 0 || ingests.length === 0) return null;
  // There may be more of them than a call takes arguments.
  const least = (of: (one: IngestSpan) => Instant) =>
    ingests.reduce((min, one) => Math.min(min, of(one)), Infinity);
  const begins = least((one) => one.firstEventAt);
  const reach = least((one) => one.startedAt) - days * DAY;
  if (begins <= reach) return null;
  return `The log begins on ${time(begins)}; the provider could have told of events since ${time(reach)}, if there were any.`;
}

/** The hours of a source are asked about again and again. */
const days = new WeakMap<readonly HourCount[], ReadonlyMap<number, number>>();

/** The events of each UTC day that has any, by the day's number since 1970 and in order. @param hours in order of time. */
export function eventsByDay(hours: readonly HourCount[]): ReadonlyMap<number, number> {
  const known = days.get(hours);
  if (known !== undefined) return known;
  const counts = new Map<number, number>();
  for (const { hour, events } of hours) {
    const day = Math.floor(hour / DAY);
    counts.set(day, (counts.get(day) ?? 0) + events);
  }
  days.set(hours, counts);
  return counts;
}

/** The median of the events a UTC day, over all days from the first event's to the last one's. */
export function eventsPerDay(hours: readonly HourCount[]): number {
  const byDay = eventsByDay(hours);
  const keys = [...byDay.keys()];
  const all = (keys.at(-1) ?? 0) - (keys[0] ?? 0) + 1;
  const counts = [...byDay.values()].sort((a, b) => a - b);
  // Days without an event come first in order of size; they are counted, not listed.
  return counts[Math.ceil(all / 2) - 1 - (all - counts.length)] ?? 0;
}
