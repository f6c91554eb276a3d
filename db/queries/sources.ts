/** Sources, what the log holds of each, and what of it could not be read. */
import type { Db, SqlSession } from "../client.ts";
import { countsUpTo, NOTHING, type SourceHours } from "./source-hours.ts";

/** A source with its counts up to a time. */
export interface SourceCounts extends SourceHours {
  source: string;
  format: string;
  customer: string | null;
  createdAt: number;
  rejected: number;
}

/**
 * Makes the source known. A customer is set once.
 * @returns the customer on record.
 */
export async function ensureSource(
  db: { sql: SqlSession },
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

/** The number of events in the log. @param sources of these alone. */
export async function countEvents(
  sql: SqlSession,
  workspace: string,
  sources?: readonly string[],
): Promise<number> {
  const [row] = await sql<{ events: number }[]>`
    select coalesce(sum(events), 0)::float8 events from event_hours where workspace_id = ${workspace}
      and (${sources === undefined} or source = any(${sources ? [...sources] : []}::text[]))`;
  return row?.events ?? 0;
}

/** @param to only events up to this time count, to the millisecond; null: all. */
export async function readSources(db: Db, workspace: string, to: number | null): Promise<SourceCounts[]> {
  const [rows, counted] = await Promise.all([
    db.sql<{ source: string; format: string; customer: string | null; created: string; rejected: number }[]>`
      select s.source, s.format, s.customer, s.created_at::text created,
        (select count(*)::int from rejected_records x where x.workspace_id = ${workspace} and x.source = s.source)
          rejected
      from sources s
      where s.workspace_id = ${workspace}
      order by s.source collate "C"`,
    countsUpTo(db, workspace, to),
  ]);
  return rows.map(({ created, ...row }) => ({
    ...row,
    createdAt: Date.parse(created),
    ...(counted.get(row.source) ?? NOTHING),
  }));
}

/** Whose records the sources hold, by name. */
export async function readCustomers(db: Db, workspace: string): Promise<string[]> {
  const rows = await db.sql<{ customer: string }[]>`
    select distinct customer from sources where workspace_id = ${workspace} and customer is not null
    order by customer`;
  return rows.map(({ customer }) => customer);
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

/** The names of all sources. */
export async function sourceNames(sql: SqlSession, workspace: string): Promise<string[]> {
  const rows = await sql<{ source: string }[]>`
    select source from sources where workspace_id = ${workspace} order by source`;
  return rows.map(({ source }) => source);
}
