/** Reading the log. Nothing else knows how it is stored. */
import { gunzipSync } from "node:zlib";
import type { LoggedEvent, NormalEvent } from "../../lib/ingest/event.ts";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";

/** One record as it lies in the log. */
export interface StoredRecord {
  source: string;
  format: string;
  fingerprint: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  bytes: Buffer;
  /** Time of its first event, milliseconds. */
  firstAt: number;
  /** Number of its events. */
  events: number;
}

/** Which part of the log: times inclusive, sources by name; all when absent. */
export interface LogScope {
  from?: number | undefined;
  to?: number | undefined;
  sources?: readonly string[] | undefined;
  /**
   * Only records with an event of the application (its key), and those about people seen there that name no
   * application: how they joined, left and signed in at the identity provider.
   */
  application?: string | undefined;
}

interface EventRow {
  id: string;
  source: string;
  normal: NormalEvent;
}

const eventOf = ({ id, source, normal }: EventRow): LoggedEvent => ({ ...normal, id, sourceId: source });

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** A ref and the time in which it stands for the subject that is asked for. */
export interface RefSpan {
  ref: string;
  from: number | null;
  to: number | null;
}

const EVENT_ID = `encode(e.fingerprint, 'hex') || ':' || e.ordinal as id`;

/** The events of some refs, each in its span of time; in no order. */
export async function readRefs(
  sql: SqlSession,
  workspace: string,
  spans: readonly RefSpan[],
): Promise<(LoggedEvent & { ref: string })[]> {
  const rows = spans.map(({ ref, from, to }) => ({
    ref,
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
  }));
  const found = await sql<(EventRow & { ref: string })[]>`
    select ${sql.unsafe(EVENT_ID)}, e.source, e.ref, e.normal
    from jsonb_to_recordset(${json(sql, rows)}) as s(ref text, "from" timestamptz, "to" timestamptz)
    join events e on e.workspace_id = ${workspace} and e.ref = s.ref
      and (s."from" is null or e.at >= s."from") and (s."to" is null or e.at < s."to")`;
  return found.map((row) => ({ ...eventOf(row), ref: row.ref }));
}

/** All events up to `to` of the given sources, in batches in order of time. */
export async function* readEvents(
  db: Db,
  workspace: string,
  scope: LogScope,
): AsyncGenerator<(LoggedEvent & { ref: string | null })[]> {
  const cursor = db.sql<(EventRow & { ref: string | null })[]>`
    select ${db.sql.unsafe(EVENT_ID)}, e.source, e.ref, e.normal
    from events e
    where e.workspace_id = ${workspace}
      and (${iso(scope.to)}::timestamptz is null or e.at <= ${iso(scope.to)}::timestamptz)
      and (${scope.sources === undefined} or e.source = any(${scope.sources ? [...scope.sources] : []}))
    order by e.at, e.source, e.fingerprint, e.ordinal`.cursor(5000);
  for await (const rows of cursor) yield rows.map((row) => ({ ...eventOf(row), ref: row.ref }));
}

/** The time of the newest event; null while the log is empty. */
export async function newestEventAt(db: Db, workspace: string): Promise<number | null> {
  const [row] = await db.sql<{ at: string | null }[]>`
    select max(at)::text at from events where workspace_id = ${workspace}`;
  return row?.at == null ? null : Date.parse(row.at);
}

interface RecordRow {
  source: string;
  format: string;
  fingerprint: string;
  sha256: string;
  segment: string;
  offset: number;
  length: number;
  at: string;
  events: number;
}

/** Decompressed segments, the few used last: neighbouring records lie in the same one. */
class Segments {
  private readonly cache = new Map<string, Buffer>();
  constructor(
    private readonly sql: SqlSession,
    private readonly workspace: string,
  ) {}

  async bytes(row: Pick<RecordRow, "segment" | "offset" | "length">): Promise<Buffer> {
    let raw = this.cache.get(row.segment);
    if (raw === undefined) {
      const [found] = await this.sql<{ bytes: Buffer }[]>`
        select bytes from segments where workspace_id = ${this.workspace} and segment = ${row.segment}`;
      if (found === undefined) throw new Error(`Segment ${row.segment} of the log is missing.`);
      raw = gunzipSync(found.bytes);
      this.cache.set(row.segment, raw);
      // A segment holds a few MB: 16 of them bound the memory and serve a stream in order of time.
      const oldest = this.cache.keys().next().value;
      if (this.cache.size > 16 && oldest !== undefined) this.cache.delete(oldest);
    }
    return raw.subarray(row.offset, row.offset + row.length);
  }
}

/** Records in order of time, then source and fingerprint, in batches. */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
): AsyncGenerator<StoredRecord[]> {
  const segments = new Segments(db.sql, workspace);
  const application = scope.application ?? null;
  const cursor = db.sql<RecordRow[]>`
    select r.source, r.format, encode(r.fingerprint, 'hex') fingerprint, encode(r.sha256, 'hex') sha256,
      r.segment, r."offset", r.length, r.first_at::text as at,
      (select count(*)::int from events e where e.workspace_id = r.workspace_id and e.source = r.source
        and e.fingerprint = r.fingerprint) events
    from records r
    where r.workspace_id = ${workspace}
      and (${iso(scope.from)}::timestamptz is null or r.first_at >= ${iso(scope.from)}::timestamptz)
      and (${iso(scope.to)}::timestamptz is null or r.first_at <= ${iso(scope.to)}::timestamptz)
      and (${scope.sources === undefined} or r.source = any(${scope.sources ? [...scope.sources] : []}))
      and (${application}::text is null or exists (
        select from events e where e.workspace_id = r.workspace_id and e.source = r.source
          and e.fingerprint = r.fingerprint
          and case when e.normal -> 'application' = 'null'
            then e.ref in (select s.ref from sightings g join subject_refs s using (workspace_id, subject)
              where g.workspace_id = ${workspace} and g.application = ${application}::text)
            else lower(regexp_replace(btrim(e.normal #>> '{application,name}'), '\\s+', ' ', 'g'))
              = ${application}::text end))
    order by r.first_at, r.source, r.fingerprint`.cursor(500);
  for await (const rows of cursor) {
    const batch: StoredRecord[] = [];
    for (const row of rows) {
      const { source, format, fingerprint, sha256, at, events } = row;
      batch.push({
        source,
        format,
        fingerprint,
        sha256,
        bytes: await segments.bytes(row),
        firstAt: Date.parse(at),
        events,
      });
    }
    yield batch;
  }
}

/** One event by its id, with the record behind it; null when there is none. */
export async function readEvent(
  db: Db,
  workspace: string,
  id: string,
): Promise<{ event: LoggedEvent; ref: string | null; bytes: Buffer; sha256: string } | null> {
  const [fingerprint = "", ordinal = ""] = id.split(":");
  if (!/^[0-9a-f]{64}$/u.test(fingerprint) || !/^\d{1,4}$/u.test(ordinal)) return null;
  const [row] = await db.sql<(EventRow & RecordRow & { ref: string | null })[]>`
    select ${db.sql.unsafe(EVENT_ID)}, e.source, e.ref, e.normal, r.segment, r."offset", r.length,
      encode(r.sha256, 'hex') sha256
    from events e join records r using (workspace_id, source, fingerprint)
    where e.workspace_id = ${workspace} and e.fingerprint = ${Buffer.from(fingerprint, "hex")}
      and e.ordinal = ${Number(ordinal)}`;
  if (row === undefined) return null;
  const bytes = await new Segments(db.sql, workspace).bytes(row);
  return { event: eventOf(row), ref: row.ref, bytes, sha256: row.sha256 };
}

/** The link facts of the workspace, in no order. */
export async function readFacts(sql: SqlSession, workspace: string): Promise<LinkFact[]> {
  const rows = await sql<{ ref: string; kind: LinkFact["kind"]; value: string; first: string }[]>`
    select ref, kind, value, first::text from link_facts where workspace_id = ${workspace}`;
  return rows.map((row) => ({ ...row, first: Date.parse(row.first) }));
}
