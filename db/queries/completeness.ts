/** What completeness is judged by: the spans of ingests, and the counts of hours held against the log. */
import type { IngestSpan } from "../../lib/lifecycle/completeness.ts";
import type { Db } from "../client.ts";
import { countLog, replaceHours } from "../log/hours.ts";
import type { HourCount } from "../log/segment.ts";
import { SILENT_MS } from "./ingests.ts";
import { type KeptByLog, whileIngestsStay } from "./log-mark.ts";

/** One ingest that brought events, of each of its sources. */
type StoredSpan = Omit<IngestSpan, "state"> & {
  source: string;
  state: Exclude<IngestSpan["state"], "interrupted">;
  heartbeatAt: number;
};

// Next compiles each route apart: they share what is kept.
const holder = globalThis as { rollcallSpans?: KeptByLog<StoredSpan[]> };
holder.rollcallSpans ??= new WeakMap();
const kept = holder.rollcallSpans;

async function readStoredSpans({ sql }: Db, workspace: string): Promise<StoredSpan[]> {
  const ms = (column: string) => sql`floor(extract(epoch from ${sql(column)}) * 1000)::float8`;
  const rows = await sql<
    {
      source: string;
      file: string | null;
      state: StoredSpan["state"];
      started: number;
      heartbeat: number;
      first: number;
      last: number;
    }[]
  >`
    select source, file, state, ${ms("started_at")} started, ${ms("heartbeat_at")} heartbeat,
      ${ms("first_event_at")} first, ${ms("last_event_at")} last
    from ingests where workspace_id = ${workspace} and first_event_at is not null`;
  return rows.flatMap(({ source, file, state, started, heartbeat, first, last }) =>
    source.split("+").map((name) => ({
      source: name,
      file,
      state,
      startedAt: started,
      heartbeatAt: heartbeat,
      firstEventAt: first,
      lastEventAt: last,
    })),
  );
}

/** The ingests of each source that brought an event up to `to` (null: any). One that met several sources counts for each. */
export async function readSpans(
  db: Db,
  workspace: string,
  to: number | null,
): Promise<Map<string, IngestSpan[]>> {
  const stored = await whileIngestsStay(kept, db, workspace, () => readStoredSpans(db, workspace));
  const silentSince = Date.now() - SILENT_MS;
  const spans = new Map<string, IngestSpan[]>();
  for (const { source, heartbeatAt, ...span } of stored) {
    if (to !== null && span.firstEventAt > to) continue;
    const isSilent = span.state === "running" && heartbeatAt < silentSince;
    const own = spans.get(source) ?? [];
    spans.set(source, own);
    own.push(isSilent ? { ...span, state: "interrupted" } : span);
  }
  return spans;
}

/** Counts all hours anew. Appends wait meanwhile, so that none is counted twice or left out. */
export async function recountHours(db: Db, workspace: string): Promise<void> {
  await db.sql.begin(async (sql) => {
    // As retention has it: first the workspace, then its hours. The other way round, they could wait for each other.
    await sql`select from workspaces where workspace_id = ${workspace} for no key update`;
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
