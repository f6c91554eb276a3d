/** Sources, what the log holds of each, and what of it could not be read. */
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

/** @param to only events up to this time count; null: all. */
export async function readSources(db: Db, workspace: string, to: number | null): Promise<SourceCounts[]> {
  const until = to === null ? null : new Date(to).toISOString();
  const rows = await db.sql<
    (Omit<SourceCounts, "createdAt" | "firstEventAt" | "lastEventAt"> & {
      created: string;
      first: string | null;
      last: string | null;
    })[]
  >`
    select s.source, s.format, s.customer, s.created_at::text created,
      coalesce(r.records, 0)::int records, coalesce(e.events, 0)::int events, e.first::text, e.last::text,
      (select count(*)::int from rejected_records x where x.workspace_id = s.workspace_id and x.source = s.source)
        rejected
    from sources s
    left join (select source, count(*) records from records where workspace_id = ${workspace}
      and (${until}::timestamptz is null or first_at <= ${until}::timestamptz) group by source) r using (source)
    left join (select source, count(*) events, min(at) first, max(at) last from events
      where workspace_id = ${workspace} and (${until}::timestamptz is null or at <= ${until}::timestamptz)
      group by source) e using (source)
    where s.workspace_id = ${workspace}
    order by s.source collate "C"`;
  return rows.map(({ created, first, last, ...row }) => ({
    ...row,
    createdAt: Date.parse(created),
    firstEventAt: first === null ? null : Date.parse(first),
    lastEventAt: last === null ? null : Date.parse(last),
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
