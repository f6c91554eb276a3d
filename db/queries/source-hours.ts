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

/**
 * Hours that are over by a time, as they were counted; each source's in one row, since there are nine thousand a year.
 * @param sources of these alone; null: of all.
 */
async function hoursBefore(
  { sql }: Db,
  workspace: string,
  edge: number | null,
  sources: readonly string[] | null = null,
): Promise<Map<string, SourceHours>> {
  const rows = await sql<
    (SumsRow & {
      /** In any order: here they are sorted sooner, and texts read sooner than arrays. Null where no hour has an event. */
      hours: string | null;
      counts: string | null;
    })[]
  >`
    select ${sumsIn(sql)},
      string_agg((date_part('epoch', hour) / 3600)::int::text, ' ') filter (where events > 0) as hours,
      string_agg(events::text, ' ') filter (where events > 0) as counts
    from event_hours
    where workspace_id = ${workspace}
      and (${edge}::float8 is null or hour < to_timestamp(${edge}::float8 / 1000))
      and (${sources === null} or source = any(${sources ? [...sources] : []}::text[]))
    group by source`;
  return new Map(
    rows.map((row) => [
      row.source,
      { ...sumsOf(row), hours: paired(numbers(row.hours), numbers(row.counts)) },
    ]),
  );
}

/** Hours of all pools together that are kept: some megabytes. */
const KEPT_HOURS = 200_000;

// Next compiles each route apart: they share what is kept.
const holder = globalThis as {
  /** By pool, workspace and source, with the sums that they stood for. */
  rollcallHours?: LRUCache<string, { key: string; hours: readonly HourCount[] }>;
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

/**
 * All hours. Those of a source are read again only when they are others: whatever is added makes the sums larger, and whatever
 * takes anything away counts the hours anew.
 */
async function allHours(db: Db, workspace: string): Promise<SourcesHours> {
  const pool = pools.get(db.sql) ?? randomUUID();
  pools.set(db.sql, pool);
  const rows = await db.sql<(SumsRow & { recounts: string })[]>`
    select ${sumsIn(db.sql)}, (select recounts::text from workspaces w where w.workspace_id = ${workspace}) as recounts
    from event_hours where workspace_id = ${workspace} group by source`;
  const keyOf = (recounts: string | undefined, { records, events, firstEventAt, lastEventAt }: Sums) =>
    JSON.stringify([recounts, records, events, firstEventAt, lastEventAt]);
  const nameOf = (source: string) => JSON.stringify([pool, workspace, source]);
  const counts = new Map<string, SourceHours>();
  for (const row of rows) {
    const sums = sumsOf(row);
    const known = kept.get(nameOf(row.source));
    if (known?.key === keyOf(row.recounts, sums)) counts.set(row.source, { ...sums, hours: known.hours });
  }
  const others = rows.flatMap(({ source }) => (counts.has(source) ? [] : [source]));
  if (others.length === 0) return counts;
  for (const [source, own] of await hoursBefore(db, workspace, null, others)) {
    counts.set(source, own);
    kept.set(nameOf(source), { key: keyOf(rows[0]?.recounts, own), hours: own.hours });
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
