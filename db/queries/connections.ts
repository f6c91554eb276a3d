/** Connections of this home's processes to its database, by what they do. */
import type { Db } from "../client.ts";

/** @returns their number by state, as PostgreSQL names it: active, idle, idle in transaction, … */
export async function countConnections({ sql }: Db): Promise<Map<string, number>> {
  const rows = await sql<{ state: string; n: number }[]>`
    select coalesce(state, 'unknown') as state, count(*)::int as n from pg_stat_activity
    where datname = current_database() and usename = current_user and application_name = 'rollcall' group by 1`;
  return new Map(rows.map(({ state, n }) => [state, n]));
}
