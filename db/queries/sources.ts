/** Sources, what the log holds of each, and what of it could not be read. */
import type { HourCount } from "../../lib/lifecycle/completeness-rhythm.ts";
import type { Db, SqlSession } from "../client.ts";
import { countLog } from "../log/read.ts";
import type { HourCount as CountedHour } from "../log/segment.ts";

/** A source with its counts up to a time. */
export interface SourceCounts {
  source: string;
  format: string;
  customer: string | null;
  createdAt: number;
  records: number;
  events: number;
  rejected: number;
  firstEventAt: number | null;
  lastEventAt: number | null;
  /** The hours that have events, in order of time. */
  hours: HourCount[];
}

/**
 * Makes the source known. A customer is set once.
 * @returns the customer on record.
 */
export async function ensureSource(
  db: Db,
  workspace: string,
  source: { source: string; format: string; customer: string | null },
): Promise<string | null> {
  const [row] = await db.sql<{ customer: string | null }[]>`
    insert into sources as s (workspace_id, source, format, customer, created_at)
    values (${workspace}, ${source.source}, ${source.format}, ${source.customer}, now())
    on conflict (workspace_id, source) do update set customer = coalesce(s.customer, excluded.customer)
    returning customer`;
  return row?.customer ?? null;
}

const HOUR = 3_600_000;

/** The number of all events in the log. */
export async function countEvents(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<{ events: number }[]>`
    select coalesce(sum(events), 0)::float8 events from event_hours where workspace_id = ${workspace}`;
  return row?.events ?? 0;
}

/**
 * The counts of hours up to a time. Hours that are over by then stand as they were counted; of the hour that it cuts, the
 * events are counted one by one.
 */
async function hoursUpTo(db: Db, workspace: string, to: number | null): Promise<Map<string, CountedHour[]>> {
  const edge = to === null ? null : Math.floor((to + 1) / HOUR) * HOUR;
  const rows = await db.sql<
    (Record<"source" | "hour" | "first" | "last", string> & Record<"records" | "events", number>)[]
  >`
    select source, extract(epoch from hour)::bigint as "hour", records::float8 as records, events::float8 as events,
      extract(epoch from first_at) * 1000 as "first", extract(epoch from last_at) * 1000 as "last"
    from event_hours
    where workspace_id = ${workspace}
      and (${edge}::float8 is null or hour < to_timestamp(${edge}::float8 / 1000))
    order by source collate "C", hour`;
  const sources = new Map<string, CountedHour[]>();
  for (const { source, hour, first, last, ...counts } of rows) {
    const row = {
      ...counts,
      hour: Number(hour) * 1000,
      firstAt: Math.round(Number(first)),
      lastAt: Math.round(Number(last)),
    };
    const own = sources.get(source);
    if (own === undefined) sources.set(source, [row]);
    else own.push(row);
  }
  if (edge !== null && to !== null && edge <= to) {
    for (const [source, cut] of await countLog(db.sql, workspace, { from: edge, to }))
      sources.set(source, [...(sources.get(source) ?? []), ...cut]);
  }
  return sources;
}

/** @param to only events up to this time count, to the millisecond; null: all. */
export async function readSources(db: Db, workspace: string, to: number | null): Promise<SourceCounts[]> {
  const rows = await db.sql<
    { source: string; format: string; customer: string | null; created: string; rejected: number }[]
  >`
    select s.source, s.format, s.customer, s.created_at::text created,
      (select count(*)::int from rejected_records x where x.workspace_id = s.workspace_id and x.source = s.source)
        rejected
    from sources s
    where s.workspace_id = ${workspace}
    order by s.source collate "C"`;
  const counted = await hoursUpTo(db, workspace, to);
  return rows.map(({ created, ...row }) => {
    const hours = counted.get(row.source) ?? [];
    const sum = (of: "records" | "events") => hours.reduce((total, hour) => total + hour[of], 0);
    return {
      ...row,
      createdAt: Date.parse(created),
      records: sum("records"),
      events: sum("events"),
      firstEventAt:
        hours.length === 0 ? null : hours.reduce((at, hour) => Math.min(at, hour.firstAt), Infinity),
      lastEventAt:
        hours.length === 0 ? null : hours.reduce((at, hour) => Math.max(at, hour.lastAt), -Infinity),
      hours: hours.filter((hour) => hour.events > 0).map(({ hour, events }) => ({ hour, events })),
    };
  });
}

export interface UnknownTypeRow {
  source: string;
  type: string;
  records: number;
}

/** Event types that no table answers for, those with the most records first. */
export async function readUnknownTypes(db: Db, workspace: string, limit: number): Promise<UnknownTypeRow[]> {
  return db.sql<UnknownTypeRow[]>`
    select source, type, records::float8 records from unknown_types where workspace_id = ${workspace}
    order by records desc, source collate "C", type collate "C" limit ${limit}`;
}

export interface RejectedRow {
  source: string;
  sha256: string;
  record: number;
  offset: number;
  reason: string;
  bytes: Buffer;
}

/** Rejected records, the newest ingest's first; of each the first 2,000 bytes. */
export async function readRejected(db: Db, workspace: string, limit: number): Promise<RejectedRow[]> {
  return db.sql<RejectedRow[]>`
    select source, encode(sha256, 'hex') sha256, record::float8, "offset"::float8, reason,
      substring(bytes from 1 for 2000) bytes
    from rejected_records where workspace_id = ${workspace}
    order by source collate "C", record, sha256 limit ${limit}`;
}
