/** What completeness is judged by: the spans of ingests, and the counts of hours held against the log. */
import type { IngestSpan } from "../../lib/lifecycle/completeness.ts";
import type { Db, SqlSession } from "../client.ts";
import { SILENT_MS } from "./ingests.ts";

/** The ingests of each source that brought an event up to `to` (null: any). One that met several sources counts for each. */
export async function readSpans(
  db: Db,
  workspace: string,
  to: number | null,
): Promise<Map<string, IngestSpan[]>> {
  const until = to === null ? null : new Date(to).toISOString();
  const rows = await db.sql<
    {
      source: string;
      file: string | null;
      state: IngestSpan["state"];
      started: string;
      first: string;
      last: string;
    }[]
  >`
    select source, file, started_at::text started, first_event_at::text first, last_event_at::text last,
      case when state = 'running' and heartbeat_at < now() - make_interval(secs => ${SILENT_MS / 1000})
        then 'interrupted' else state end state
    from ingests
    where workspace_id = ${workspace} and first_event_at is not null
      and (${until}::timestamptz is null or first_event_at <= ${until}::timestamptz)`;
  const spans = new Map<string, IngestSpan[]>();
  for (const { source, file, state, started, first, last } of rows) {
    const span = {
      file,
      state,
      startedAt: Date.parse(started),
      firstEventAt: Date.parse(first),
      lastEventAt: Date.parse(last),
    };
    for (const name of source.split("+")) spans.set(name, [...(spans.get(name) ?? []), span]);
  }
  return spans;
}

/** The counts as the log gives them. */
const counted = (sql: SqlSession, workspace: string) => sql`
  select source, hour, sum(records)::bigint records, sum(events)::bigint events, min(first_at) first_at, max(last_at) last_at
  from (
    select source, date_trunc('hour', at, 'UTC') as hour, 0 records, count(*) events, min(at) first_at, max(at) last_at
    from events where workspace_id = ${workspace} group by 1, 2
    union all
    select source, date_trunc('hour', first_at, 'UTC'), count(*), 0, null, null
    from records where workspace_id = ${workspace} group by 1, 2) parts
  group by source, hour`;

/** Counts all hours anew. Appends wait meanwhile, so that none is counted twice or left out. */
export async function recountHours(db: Db, workspace: string): Promise<void> {
  await db.sql.begin(async (sql) => {
    await sql`lock table event_hours in share row exclusive mode`;
    await sql`delete from event_hours where workspace_id = ${workspace}`;
    await sql`
      insert into event_hours (workspace_id, source, hour, records, events, first_at, last_at)
      select ${workspace}, c.* from (${counted(sql, workspace)}) c`;
  });
}

/** The stored counts that the log does not give, and those that it gives and nobody has stored. */
export async function wrongHours(
  db: Db,
  workspace: string,
): Promise<{ is: "stored" | "computed"; row: object }[]> {
  return db.sql<{ is: "stored" | "computed"; row: object }[]>`
    with kept as (select source, hour, records, events, first_at, last_at from event_hours
      where workspace_id = ${workspace}),
    given as (${counted(db.sql, workspace)})
    select "is", to_json(d) row from (
      select 'stored' "is", a.* from (table kept except table given) a
      union all select 'computed', b.* from (table given except table kept) b) d
    order by source, hour, "is"`;
}
