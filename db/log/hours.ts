/** What each source has in each hour: counted with each batch, or anew from the log. */
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { decodeTimes } from "./codec.ts";
import { type LogScope, readLines } from "./read.ts";
import { countHours, type HourCount, OWN_SOURCE, type Segment } from "./segment.ts";

type HourOf = HourCount & { source: string };

/** Adds a count to the one of that key. */
function addTo<K, C extends HourCount>(counts: Map<K, C>, key: K, count: C): void {
  const known = counts.get(key);
  if (known === undefined) {
    counts.set(key, count);
    return;
  }
  known.records += count.records;
  known.events += count.events;
  known.firstAt = Math.min(known.firstAt, count.firstAt);
  known.lastAt = Math.max(known.lastAt, count.lastAt);
}

/** A count as a row of the table. */
const rowOf = ({ source, hour, records, events, firstAt, lastAt }: HourOf) => ({
  source,
  hour: new Date(hour),
  records,
  events,
  first_at: new Date(firstAt),
  last_at: new Date(lastAt),
});

/** The rows as a table `c` of a statement. */
const rowsIn = (sql: SqlSession, rows: readonly ReturnType<typeof rowOf>[]) => sql`
  jsonb_to_recordset(${json(sql, rows)}) as
    c(source text, hour timestamptz, records bigint, events bigint, first_at timestamptz, last_at timestamptz)`;

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
    if (head === undefined || head.source === OWN_SOURCE) continue;
    const own = sources.get(head.source) ?? new Map<number, HourCount>();
    sources.set(head.source, own);
    const times = lines.map((line) => decodeTimes(line.encoded));
    for (const count of countHours(times, scope)) addTo(own, count.hour, count);
  }
  return new Map([...sources].map(([source, own]) => [source, [...own.values()]]));
}

/** Replaces the counts of all hours. @param counts as {@link countLog} gives them. */
export async function replaceHours(
  sql: SqlSession,
  workspace: string,
  counts: ReadonlyMap<string, readonly HourCount[]>,
): Promise<void> {
  const rows = [...counts].flatMap(([source, own]) => own.map((count) => rowOf({ ...count, source })));
  // Whoever keeps what they were reads them again.
  await sql`update workspaces set recounts = recounts + 1 where workspace_id = ${workspace}`;
  await sql`delete from event_hours where workspace_id = ${workspace}`;
  await sql`
    insert into event_hours (workspace_id, source, hour, records, events, first_at, last_at)
    select ${workspace}, c.* from ${rowsIn(sql, rows)}`;
}

/** Adds to the counts of each source's hours. */
export async function addHours(
  sql: SqlSession,
  workspace: string,
  segments: readonly Pick<Segment, "source" | "hours">[],
): Promise<void> {
  const counts = new Map<string, HourOf>();
  for (const { source, hours } of segments)
    for (const count of hours) addTo(counts, `${count.hour} ${source}`, { ...count, source });
  // In one order, so that two ingests at once never wait for each other in a circle.
  await sql`
    insert into event_hours as h (workspace_id, source, hour, records, events, first_at, last_at)
    select ${workspace}, c.* from ${rowsIn(sql, [...counts.values()].map(rowOf))}
    order by source, hour
    on conflict (workspace_id, source, hour) do update set records = h.records + excluded.records,
      events = h.events + excluded.events, first_at = least(h.first_at, excluded.first_at),
      last_at = greatest(h.last_at, excluded.last_at)`;
}
