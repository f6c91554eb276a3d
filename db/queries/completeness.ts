/** What completeness is judged by: the spans of ingests, and the counts of hours held against the log. */
import type { IngestSpan } from "../../lib/lifecycle/completeness.ts";
import type { Db } from "../client.ts";
import { countLog, replaceHours } from "../log/hours.ts";
import type { HourCount } from "../log/segment.ts";
import { SILENT_MS, touchedSince } from "./ingests.ts";
import { type KeptByLog, whileIngestsStay } from "./log-mark.ts";

/** One ingest that brought events. */
interface StoredSpan extends IngestSpan {
  ingest: string;
  sources: readonly string[];
  heartbeatAt: number;
}

interface StoredSpans {
  byIngest: ReadonlyMap<string, StoredSpan>;
  bySource: ReadonlyMap<string, readonly StoredSpan[]>;
}

// Next compiles each route apart: they share what is kept.
const holder = globalThis as { rollcallSpans?: KeptByLog<StoredSpans> };
holder.rollcallSpans ??= new WeakMap();
const kept = holder.rollcallSpans;

/** The spans of all ingests, or of those of which anything was written since. */
async function readStoredSpans({ sql }: Db, workspace: string, since: string | null): Promise<StoredSpan[]> {
  const ms = (column: string) => sql`floor(extract(epoch from ${sql(column)}) * 1000)::float8`;
  const rows = await sql<
    {
      ingest: string;
      source: string;
      file: string | null;
      state: "running" | "done" | "failed";
      started: number;
      heartbeat: number;
      first: number;
      last: number;
    }[]
  >`
    select ingest, source, file, state, ${ms("started_at")} started, ${ms("heartbeat_at")} heartbeat,
      ${ms("first_event_at")} first, ${ms("last_event_at")} last
    from ingests i where workspace_id = ${workspace} and first_event_at is not null
      and ${since === null ? sql`true` : touchedSince(sql, since)}`;
  // Each member by its name: of thousands that are looked through at each page, copies of the rest would be read several times slower.
  return rows.map(({ ingest, source, file, state, started, heartbeat, first, last }) => ({
    ingest,
    sources: source.split("+"),
    file,
    state,
    startedAt: started,
    heartbeatAt: heartbeat,
    firstEventAt: first,
    lastEventAt: last,
  }));
}

/** What was read before with what has been written since. */
function withSpans(before: StoredSpans, spans: readonly StoredSpan[]): StoredSpans {
  const byIngest = new Map(before.byIngest);
  const touched = new Set<string>();
  for (const span of spans) {
    for (const source of [...span.sources, ...(byIngest.get(span.ingest)?.sources ?? [])])
      touched.add(source);
    byIngest.set(span.ingest, span);
  }
  const own = new Map([...touched].map((source) => [source, [] as StoredSpan[]]));
  for (const span of byIngest.values()) for (const source of span.sources) own.get(source)?.push(span);
  return { byIngest, bySource: new Map([...before.bySource, ...own]) };
}

const NO_SPANS: StoredSpans = { byIngest: new Map(), bySource: new Map() };

/** The ingests of each source that brought an event up to `to` (null: any). One that met several sources counts for each. */
export async function readSpans(
  db: Db,
  workspace: string,
  to: number | null,
): Promise<ReadonlyMap<string, readonly IngestSpan[]>> {
  const { bySource } = await whileIngestsStay(kept, db, workspace, async (before) =>
    withSpans(before?.value ?? NO_SPANS, await readStoredSpans(db, workspace, before?.newest ?? null)),
  );
  const silentSince = Date.now() - SILENT_MS;
  const isSilent = ({ state, heartbeatAt }: StoredSpan) => state === "running" && heartbeatAt < silentSince;
  const spans = new Map<string, readonly IngestSpan[]>();
  for (const [source, own] of bySource) {
    const upTo = to === null ? own : own.filter(({ firstEventAt }) => firstEventAt <= to);
    const told = upTo.some(isSilent)
      ? upTo.map((span): IngestSpan => (isSilent(span) ? { ...span, state: "interrupted" } : span))
      : upTo;
    if (told.length > 0) spans.set(source, told);
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
