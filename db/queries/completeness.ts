/** What completeness is judged by: the spans of ingests, and the counts of hours held against the log. */
import type { IngestSpan } from "../../lib/lifecycle/completeness.ts";
import type { Db } from "../client.ts";
import { countLog, replaceHours } from "../log/hours.ts";
import type { HourCount } from "../log/segment.ts";
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

/** Counts all hours anew. Appends wait meanwhile, so that none is counted twice or left out. */
export async function recountHours(db: Db, workspace: string): Promise<void> {
  await db.sql.begin(async (sql) => {
    await sql`/* cross-workspace: no row may be added while hours are counted, and what adds them has no lock of its workspace */
      lock table event_hours in share row exclusive mode`;
    await replaceHours(sql, workspace, await countLog(sql, workspace));
  });
}

interface StoredHour extends HourCount {
  source: string;
}

/** Members in one order, so that rows compare as text. */
const hourText = ({ source, hour, records, events, firstAt, lastAt }: StoredHour): string =>
  JSON.stringify({
    source,
    hour: new Date(hour).toISOString(),
    records,
    events,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
  });

/** The stored counts that the log does not give, and those that it gives and nobody has stored; as text. */
export async function wrongHours(
  db: Db,
  workspace: string,
): Promise<{ is: "stored" | "computed"; row: string }[]> {
  const rows = await db.sql<
    { source: string; hour: string; records: number; events: number; first: string; last: string }[]
  >`
    select source, hour::text as "hour", records::float8, events::float8, first_at::text as "first", last_at::text as "last"
    from event_hours where workspace_id = ${workspace}`;
  const kept = rows.map(({ hour, first, last, ...row }) =>
    hourText({ ...row, hour: Date.parse(hour), firstAt: Date.parse(first), lastAt: Date.parse(last) }),
  );
  const counted = await countLog(db.sql, workspace);
  const given = [...counted].flatMap(([source, own]) => own.map((hour) => hourText({ source, ...hour })));
  const [keptSet, givenSet] = [new Set(kept), new Set(given)];
  return [
    ...kept.filter((row) => !givenSet.has(row)).map((row) => ({ is: "stored" as const, row })),
    ...given.filter((row) => !keptSet.has(row)).map((row) => ({ is: "computed" as const, row })),
  ].sort((a, b) => (a.row < b.row ? -1 : 1));
}
