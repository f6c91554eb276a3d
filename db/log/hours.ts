/** What each source has in each hour: counted from the log, kept beside it. */
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { decodeTimes } from "./codec.ts";
import { type LogScope, readLines } from "./read.ts";
import { countHours, type HourCount } from "./segment.ts";

/** The time of the newest event; null while the log is empty. */
export async function newestEventAt(db: Db, workspace: string): Promise<number | null> {
  const [row] = await db.sql<{ at: string | null }[]>`
    select max(last_at)::text at from event_hours where workspace_id = ${workspace}`;
  return row?.at == null ? null : Date.parse(row.at);
}

/**
 * What each source has in each hour, counted from the log itself.
 * @param scope what lies outside is not counted.
 */
export async function countLog(
  sql: SqlSession,
  workspace: string,
  scope: Pick<LogScope, "from" | "to"> = {},
): Promise<Map<string, HourCount[]>> {
  const sources = new Map<string, Map<number, HourCount>>();
  for await (const lines of readLines(sql, workspace, scope)) {
    const [head] = lines;
    if (head === undefined) continue;
    const own = sources.get(head.source) ?? new Map<number, HourCount>();
    sources.set(head.source, own);
    const times = lines.map((line) => decodeTimes(line.encoded));
    for (const count of countHours(times, scope)) {
      const known = own.get(count.hour);
      if (known === undefined) own.set(count.hour, count);
      else {
        known.records += count.records;
        known.events += count.events;
        known.firstAt = Math.min(known.firstAt, count.firstAt);
        known.lastAt = Math.max(known.lastAt, count.lastAt);
      }
    }
  }
  return new Map([...sources].map(([source, own]) => [source, [...own.values()]]));
}

/** Replaces the counts of all hours. @param counts as {@link countLog} gives them. */
export async function replaceHours(
  sql: SqlSession,
  workspace: string,
  counts: ReadonlyMap<string, readonly HourCount[]>,
): Promise<void> {
  const rows = [...counts].flatMap(([source, own]) =>
    own.map(({ hour, records, events, firstAt, lastAt }) => ({
      source,
      hour: new Date(hour),
      records,
      events,
      first_at: new Date(firstAt),
      last_at: new Date(lastAt),
    })),
  );
  await sql`delete from event_hours where workspace_id = ${workspace}`;
  await sql`
    insert into event_hours (workspace_id, source, hour, records, events, first_at, last_at)
    select ${workspace}, c.* from jsonb_to_recordset(${json(sql, rows)}) as
      c(source text, hour timestamptz, records bigint, events bigint, first_at timestamptz, last_at timestamptz)`;
}
