/** How long the records of sources are kept. */
import type { SqlSession } from "../client.ts";
import { forgetEditions } from "./editions.ts";

export interface RetentionRule {
  source: string;
  /** Null: for good. */
  days: number | null;
  /** Up to when records were removed, milliseconds; null before the first time. */
  removedBefore: number | null;
  removed: number;
  setAt: number;
  setBy: string;
}

/** The rules of all sources that have or had one, by their names. */
export async function readRetention(sql: SqlSession, workspace: string): Promise<RetentionRule[]> {
  const rows = await sql<
    (Omit<RetentionRule, "removedBefore" | "setAt"> & { before: string | null; set: string })[]
  >`
    select source, days, removed_before::text before, removed::float8 removed, set_at::text "set", set_by "setBy"
    from retention_rules where workspace_id = ${workspace} order by source collate "C"`;
  return rows.map(({ before, set, ...row }) => ({
    ...row,
    removedBefore: before === null ? null : Date.parse(before),
    setAt: Date.parse(set),
  }));
}

/** Sets how long a source's records are kept; what was removed by then stays noted. */
export async function storeRetention(
  sql: SqlSession,
  workspace: string,
  { source, days, by }: { source: string; days: number | null; by: string },
): Promise<void> {
  await sql`
    insert into retention_rules (workspace_id, source, days, set_at, set_by)
    values (${workspace}, ${source}, ${days}, now(), ${by})
    on conflict (workspace_id, source) do update set days = excluded.days, set_at = excluded.set_at, set_by = excluded.set_by`;
}

/** Notes up to when a source's records were removed, and how many now. As the owner. */
export async function noteRemoved(
  sql: SqlSession,
  workspace: string,
  { source, before, removed }: { source: string; before: number; removed: number },
): Promise<void> {
  const time = new Date(before).toISOString();
  await sql`
    update retention_rules set removed = removed + ${removed},
      removed_before = greatest(removed_before, ${time}::timestamptz)
    where workspace_id = ${workspace} and source = ${source}`;
  if (removed > 0) await forgetEditions(sql, workspace);
}

/** Removes records that could not be read and came in an ingest begun before a time. As the owner. */
export async function removeRejected(
  sql: SqlSession,
  workspace: string,
  source: string,
  before: number,
): Promise<number> {
  const rows = await sql`
    delete from rejected_records r using ingests i
    where r.workspace_id = ${workspace} and r.source = ${source} and i.workspace_id = r.workspace_id
      and i.ingest = r.ingest and i.started_at < ${new Date(before).toISOString()}::timestamptz`;
  return rows.count;
}
