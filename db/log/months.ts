/** The partitions of the log (month.ts): made before rows come, put together when retention has been everywhere in one. */
import type { SqlSession } from "../client.ts";
import { numbers } from "./numbers.ts";
import { OWN_SOURCE } from "./segment.ts";

/** Sees to it that what is written of these months has a partition to go to; in the caller's transaction. */
export async function ensureMonths(sql: SqlSession, months: readonly number[]): Promise<void> {
  const distinct = [...new Set(months)];
  if (distinct.length === 0) return;
  await sql`
    select ensure_log_months(array(select date '2000-01-01' + d from unnest(${numbers(distinct)}::text::int[]) d))`;
}

/** The partitions of months, as {@link readMonths} has them. */
export async function makeMonths(sql: SqlSession, months: readonly string[]): Promise<void> {
  if (months.length > 0)
    await sql`select ensure_log_months(${months.map((month) => `${month}-01`)}::text[]::date[])`;
}

/** So many months after the one that runs have their partition before anything is written of them. */
const AHEAD = 3;

/** Makes the partitions of this month and of those that come. */
export async function ensureMonthsAhead(sql: SqlSession): Promise<void> {
  await sql`
    select ensure_log_months(array(
      select (date_trunc('month', now() at time zone 'UTC') + make_interval(months => n))::date from generate_series(0, ${AHEAD}::int) n))`;
}

/** The months that have a partition of their own, as `2026-07`, the oldest first. */
export async function readMonths(sql: SqlSession): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select replace(substr(c.relname, length('segments_') + 1), '_', '-') as month
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'segments'::regclass and c.relname ~ '^segments_[0-9]{4}_[0-9]{2}$' order by 1`;
  return rows.map(({ month }) => month);
}

/**
 * Puts to the others each month of which retention has been everywhere: of every source that has anything there (but
 * Rollcall's own) the records before its end were removed, or kept for good since something rests on them. Its partition is
 * detached and dropped, and the disk has its room back at once. As the owner, in a transaction.
 * @returns the months, as {@link readMonths} has them.
 */
export async function foldRetainedMonths(sql: SqlSession): Promise<string[]> {
  const folded: string[] = [];
  for (const month of await readMonths(sql)) {
    const first = `${month}-01`;
    const [row] = await sql<{ done: boolean }[]>`
      /* cross-workspace: a month holds the records of all workspaces, and is put together for all */
      select not exists (
        select from segments s
        where s.month = ${first}::date and s.source <> ${OWN_SOURCE}
          and (not exists (select from retention_rules r where r.workspace_id = s.workspace_id and r.source = s.source
              and r.days is not null and r.removed_before >= ${first}::date + interval '1 month')
            or not exists (select from segment_leaves l where l.workspace_id = s.workspace_id and l.segment = s.segment)))
      and exists (select from segments s where s.month = ${first}::date and s.source <> ${OWN_SOURCE})
      and not exists (select from segments s join unsequenced_segments u using (workspace_id, segment) where s.month = ${first}::date)
        as done`;
    if (row?.done !== true) continue;
    await sql`select fold_log_month(${first}::date)`;
    folded.push(month);
  }
  return folded;
}
