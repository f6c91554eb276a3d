/** What each source has hour by hour. Read at many pages and some ten thousand rows long, so what was read last stays in memory. */
import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { HourCount } from "../../lib/lifecycle/completeness-rhythm.ts";
import type { Db, SqlSession } from "../client.ts";
import { countLog } from "../log/hours.ts";
import type { HourCount as CountedHour } from "../log/segment.ts";
import { type KeptByLog, whileRecordsStay } from "./log-mark.ts";

const HOUR = 3_600_000;

/** What a source has up to a time. */
export interface SourceHours {
  records: number;
  events: number;
  firstEventAt: number | null;
  lastEventAt: number | null;
  /** The hours that have events, in order of time. */
  hours: readonly HourCount[];
}

type SourcesHours = ReadonlyMap<string, SourceHours>;

const numbers = (text: string | null): number[] => text?.split(" ").map(Number) ?? [];
const paired = (hours: readonly number[], counts: readonly number[]): HourCount[] =>
  hours.map((hour, i) => ({ hour: hour * HOUR, events: counts[i] ?? 0 })).sort((a, b) => a.hour - b.hour);

type Sums = Omit<SourceHours, "hours">;
interface SumsRow {
  source: string;
  records: number;
  events: number;
  first: string;
  last: string;
}

const sumsIn = (sql: SqlSession) => sql`
  source, sum(records)::float8 as records, sum(events)::float8 as events, min(first_at)::text as "first", max(last_at)::text as "last"`;

const sumsOf = ({ records, events, first, last }: SumsRow): Sums => ({
  records,
  events,
  firstEventAt: Date.parse(first),
  lastEventAt: Date.parse(last),
});

/** Hours with events as two texts in any order: here they are sorted sooner, and texts read sooner than arrays. Null where none has any. */
interface HoursRow {
  hours: string | null;
  counts: string | null;
}

const hoursIn = (sql: SqlSession) => sql`
  string_agg((date_part('epoch', hour) / 3600)::int::text, ' ') filter (where events > 0) as hours,
  string_agg(events::text, ' ') filter (where events > 0) as counts`;

const hoursOf = ({ hours, counts }: HoursRow): HourCount[] => paired(numbers(hours), numbers(counts));

/** Hours that are over by a time, as they were counted; each source's in one row, since there are nine thousand a year. */
async function hoursBefore({ sql }: Db, workspace: string, edge: number): Promise<Map<string, SourceHours>> {
  const rows = await sql<(SumsRow & HoursRow)[]>`
    select ${sumsIn(sql)}, ${hoursIn(sql)}
    from event_hours
    where workspace_id = ${workspace} and hour < to_timestamp(${edge}::float8 / 1000)
    group by source`;
  return new Map(rows.map((row) => [row.source, { ...sumsOf(row), hours: hoursOf(row) }]));
}

/** The hours of a source that are read at once, and kept for as long as their sums stay: some thirty days. */
const STRETCH = 30 * 24 * HOUR;

interface Stretch extends Sums {
  source: string;
  /** How many stretches after 1970 it begins. */
  stretch: number;
}

/** What is kept of a source: its stretches, and all their hours in order. */
interface KeptHours {
  stretches: ReadonlyMap<number, { key: string; hours: readonly HourCount[] }>;
  hours: readonly HourCount[];
}

/** Hours of all pools together that are kept: some megabytes. */
const KEPT_HOURS = 200_000;

// Next compiles each route apart: they share what is kept.
const holder = globalThis as {
  /** By pool, workspace and source. */
  rollcallHours?: LRUCache<string, KeptHours>;
  rollcallHourPools?: WeakMap<Db["sql"], string>;
  /** The same of all sources. */
  rollcallSourceHours?: KeptByLog<SourcesHours>;
};
holder.rollcallHours ??= new LRUCache({
  maxSize: KEPT_HOURS,
  sizeCalculation: ({ hours }) => hours.length + 1,
});
holder.rollcallHourPools ??= new WeakMap();
holder.rollcallSourceHours ??= new WeakMap();
const kept = holder.rollcallHours;
const pools = holder.rollcallHourPools;
const keptOfAll = holder.rollcallSourceHours;

/** The sums of each stretch, in order of time; and how often the hours were counted anew. */
async function readStretches(
  { sql }: Db,
  workspace: string,
): Promise<{ recounts: string; stretches: Stretch[] }> {
  const rows = await sql<(SumsRow & { stretch: number; recounts: string })[]>`
    select ${sumsIn(sql)}, floor(date_part('epoch', hour) * 1000 / ${STRETCH}::float8)::int as stretch,
      (select recounts::text from workspaces w where w.workspace_id = ${workspace}) as recounts
    from event_hours where workspace_id = ${workspace} group by source, stretch order by stretch`;
  return {
    recounts: rows[0]?.recounts ?? "",
    stretches: rows.map((row) => ({ source: row.source, stretch: row.stretch, ...sumsOf(row) })),
  };
}

/** The hours of some stretches, by source and stretch. */
async function readHoursOf(
  { sql }: Db,
  workspace: string,
  stretches: readonly Stretch[],
): Promise<Map<string, HourCount[]>> {
  const starts = stretches.map(({ stretch }) => stretch);
  const rows = await sql<(HoursRow & { source: string; stretch: number })[]>`
    select w.source, w.stretch, ${hoursIn(sql)}
    from unnest(${stretches.map(({ source }) => source)}::text[], ${starts}::int[]) w(source, stretch)
    join event_hours h on h.workspace_id = ${workspace} and h.source = w.source
      and h.hour >= to_timestamp(w.stretch * ${STRETCH}::float8 / 1000)
      and h.hour < to_timestamp((w.stretch + 1) * ${STRETCH}::float8 / 1000)
    group by w.source, w.stretch`;
  return new Map(rows.map((row) => [`${row.stretch} ${row.source}`, hoursOf(row)]));
}

/** The sums of stretches together, at least one. */
const together = (sums: readonly Sums[]): Sums => ({
  records: sums.reduce((all, { records }) => all + records, 0),
  events: sums.reduce((all, { events }) => all + events, 0),
  firstEventAt: sums.reduce((first, { firstEventAt }) => Math.min(first, firstEventAt ?? Infinity), Infinity),
  lastEventAt: sums.reduce((last, { lastEventAt }) => Math.max(last, lastEventAt ?? -Infinity), -Infinity),
});

/**
 * All hours. Those of a stretch are read again only when they are others: whatever is added makes the sums larger, and whatever
 * takes anything away counts the hours anew. As long as no stretch of a source is another, it gives the same list.
 */
async function allHours(db: Db, workspace: string): Promise<SourcesHours> {
  const pool = pools.get(db.sql) ?? randomUUID();
  pools.set(db.sql, pool);
  const { recounts, stretches } = await readStretches(db, workspace);
  const keyOf = ({ records, events, firstEventAt, lastEventAt }: Sums) =>
    JSON.stringify([recounts, records, events, firstEventAt, lastEventAt]);
  const nameOf = (source: string) => JSON.stringify([pool, workspace, source]);
  const bySource = new Map<string, Stretch[]>();
  for (const one of stretches) bySource.set(one.source, [...(bySource.get(one.source) ?? []), one]);
  const known = new Map([...bySource.keys()].map((source) => [source, kept.get(nameOf(source))]));
  const knownOf = (one: Stretch) => {
    const own = known.get(one.source)?.stretches.get(one.stretch);
    return own?.key === keyOf(one) ? own : undefined;
  };
  const others = stretches.filter((one) => knownOf(one) === undefined);
  const read = others.length === 0 ? null : await readHoursOf(db, workspace, others);
  const counts = new Map<string, SourceHours>();
  for (const [source, own] of bySource) {
    const before = known.get(source);
    const now = new Map(
      own.map((one) => [
        one.stretch,
        knownOf(one) ?? { key: keyOf(one), hours: read?.get(`${one.stretch} ${source}`) ?? [] },
      ]),
    );
    const isSame = before?.stretches.size === now.size && own.every((one) => knownOf(one) !== undefined);
    const hours = isSame ? before.hours : [...now.values()].flatMap((stretch) => stretch.hours);
    if (!isSame) kept.set(nameOf(source), { stretches: now, hours });
    counts.set(source, { ...together(own), hours });
  }
  return counts;
}

export const NOTHING: SourceHours = {
  records: 0,
  events: 0,
  firstEventAt: null,
  lastEventAt: null,
  hours: [],
};

/** Adds the one hour that a time cuts, counted event by event. */
function withHour(counts: SourceHours, { hour, records, events, firstAt, lastAt }: CountedHour): SourceHours {
  return {
    records: counts.records + records,
    events: counts.events + events,
    firstEventAt: Math.min(counts.firstEventAt ?? firstAt, firstAt),
    lastEventAt: Math.max(counts.lastEventAt ?? lastAt, lastAt),
    hours: [...counts.hours, { hour, events }],
  };
}

/** By source. @param to milliseconds: later events do not count; null: all do. */
export async function countsUpTo(db: Db, workspace: string, to: number | null): Promise<SourcesHours> {
  const edge = to === null ? null : Math.floor((to + 1) / HOUR) * HOUR;
  if (edge === null || to === null) {
    return whileRecordsStay(keptOfAll, db, workspace, () => allHours(db, workspace));
  }
  const sources = await hoursBefore(db, workspace, edge);
  if (edge > to) return sources;
  for (const [source, cut] of await countLog(db.sql, workspace, { from: edge, to })) {
    sources.set(source, cut.reduce(withHour, sources.get(source) ?? NOTHING));
  }
  return sources;
}
