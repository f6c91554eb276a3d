/** Sources, what the log holds of each, and what of it could not be read. */
import type { HourCount } from "../../lib/lifecycle/completeness-rhythm.ts";
import type { Db } from "../client.ts";

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

/** @param to only events up to this time count, to the millisecond; null: all. */
export async function readSources(db: Db, workspace: string, to: number | null): Promise<SourceCounts[]> {
  const until = to === null ? null : new Date(to).toISOString();
  // Hours that are over by `to` stand as they were counted; of the hour that `to` cuts, events are counted one by one.
  const edge = to === null ? null : Math.floor((to + 1) / HOUR) * (HOUR / 1000);
  const rows = await db.sql<
    (Omit<SourceCounts, "createdAt" | "firstEventAt" | "lastEventAt" | "hours"> & {
      created: string;
      first: string | null;
      last: string | null;
      hours: [hour: number, events: number][];
    })[]
  >`
    with counts as (
      select source, hour, records, events, first_at, last_at from event_hours
      where workspace_id = ${workspace} and (${edge}::float8 is null or hour < to_timestamp(${edge}::float8))
      union all
      select source, to_timestamp(${edge}::float8), 0, count(*), min(at), max(at) from events
      where workspace_id = ${workspace} and at >= to_timestamp(${edge}::float8) and at <= ${until}::timestamptz group by source
      union all
      select source, to_timestamp(${edge}::float8), count(*), 0, null, null from records
      where workspace_id = ${workspace} and first_at >= to_timestamp(${edge}::float8) and first_at <= ${until}::timestamptz
      group by source)
    select s.source, s.format, s.customer, s.created_at::text created,
      coalesce(c.records, 0)::float8 records, coalesce(c.events, 0)::float8 events, c.first::text, c.last::text,
      (select count(*)::int from rejected_records x where x.workspace_id = s.workspace_id and x.source = s.source)
        rejected,
      coalesce(c.hours, '[]') hours
    from sources s
    left join (select source, sum(records) records, sum(events) events, min(first_at) first, max(last_at) last,
        json_agg(json_build_array(extract(epoch from hour), events) order by hour) filter (where events > 0) hours
      from counts group by source) c using (source)
    where s.workspace_id = ${workspace}
    order by s.source collate "C"`;
  return rows.map(({ created, first, last, hours, ...row }) => ({
    ...row,
    createdAt: Date.parse(created),
    firstEventAt: first === null ? null : Date.parse(first),
    lastEventAt: last === null ? null : Date.parse(last),
    hours: hours.map(([hour, events]) => ({ hour: hour * 1000, events })),
  }));
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
