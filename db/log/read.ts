/** Reading the log. Nothing else knows how it is stored. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { decodeEvents, decodeTimes } from "./codec.ts";
import {
  countHours,
  eachRecord,
  fingerprintAt,
  type HourCount,
  openSegment,
  refHash,
  type SegmentRecord,
  sha256At,
  unpackRaw,
} from "./segment.ts";
import { OWN_SOURCE } from "./store.ts";

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
}

/** A ref and the time in which it stands for the subject that is asked for. */
export interface RefSpan {
  ref: string;
  from: number | null;
  to: number | null;
}

/** A record's line, not yet opened: most of what is read of the log goes by without being looked at closer. */
export interface LogLine extends SegmentRecord {
  source: string;
}

/** Segments fetched at once: a megabyte or so. */
const SEGMENTS_A_FETCH = 64;

interface NormalRow {
  segment: string;
  source: string;
  normal: Uint8Array;
  hashes: Uint8Array;
}

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** The events of a line as they stand in the log. */
export function eventsOf({
  source,
  fingerprint,
  encoded,
}: Pick<LogLine, "source" | "fingerprint" | "encoded">): LoggedEvent[] {
  return decodeEvents(encoded, fingerprint, source);
}

/** The segments that hold events of any of the refs, and perhaps a few that do not; and how many the log has in all. */
export async function findSegments(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<{ all: number; found: number[] }> {
  const [row] = await sql<{ all: number; found: number[] }[]>`
    select (select count(*)::int from segments where workspace_id = ${workspace}) as all,
      array(select segments_with_refs(${`{${refs.map(refHash).join()}}`}::text::int[])) as found`;
  return row ?? { all: 0, found: [] };
}

/**
 * The events of some refs, each in its span of time; in no order.
 * @param segments where they lie, as `findSegments` says, when that has been asked already.
 */
export async function readRefs(
  sql: SqlSession,
  workspace: string,
  spans: readonly RefSpan[],
  segments?: readonly number[],
): Promise<(LoggedEvent & { ref: string })[]> {
  const byRef = new Map<string, RefSpan[]>();
  for (const span of spans) byRef.set(span.ref, [...(byRef.get(span.ref) ?? []), span]);
  const numbers = segments ?? (await findSegments(sql, workspace, [...byRef.keys()])).found;
  const found: (LoggedEvent & { ref: string })[] = [];
  for (let i = 0; i < numbers.length; i += SEGMENTS_A_FETCH) {
    const rows = await sql<NormalRow[]>`
      select segment, source, normal, hashes from segments
      where workspace_id = ${workspace} and segment = any(${numbers.slice(i, i + SEGMENTS_A_FETCH)}::int[])`;
    for (const { source, normal, hashes } of rows) {
      eachRecord(normal, (position, _length, refs, encoded) => {
        if (!refs.some((ref) => ref !== null && byRef.has(ref))) return;
        const events = decodeEvents(encoded, fingerprintAt(hashes, position), source);
        events.forEach((event, ordinal) => {
          const ref = refs[ordinal] ?? "";
          const within = byRef
            .get(ref)
            ?.some(({ from, to }) => (from === null || event.at >= from) && (to === null || event.at < to));
          if (within) found.push({ ...event, ref });
        });
      });
    }
  }
  return found;
}

/** A segment without its raw bytes, not yet opened. */
export type LogSegment = Omit<NormalRow, "segment">;

/** The segments that have an event of the scope, in the order in which they came. */
export async function* readSegments(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
): AsyncGenerator<LogSegment> {
  const cursor = sql<NormalRow[]>`
    select segment, source, normal, hashes from segments
    where workspace_id = ${workspace}
      and (${iso(scope.from)}::timestamptz is null or last_at >= ${iso(scope.from)}::timestamptz)
      and (${iso(scope.to)}::timestamptz is null or first_at <= ${iso(scope.to)}::timestamptz)
      and (${scope.sources === undefined} or source = any(${scope.sources ? [...scope.sources] : []}::text[]))
    order by segment`.cursor(SEGMENTS_A_FETCH);
  for await (const rows of cursor) {
    for (const { source, normal, hashes } of rows) yield { source, normal, hashes };
  }
}

/** Segments read from the newest: a page of events is most often in the first few. */
const SEGMENTS_BACK = 8;

/**
 * The events of segments, those that reach furthest towards now first.
 * @param scope nothing that begins after `to`; of one customer's sources where a customer is named; of `only` these segments.
 */
export async function* readSegmentsBack(
  sql: SqlSession,
  workspace: string,
  {
    to,
    customer,
    only = null,
  }: { to?: number | undefined; customer?: string | undefined; only?: readonly number[] | null },
): AsyncGenerator<{ lastAt: number; events: LoggedEvent[] }> {
  const cursor = sql<(NormalRow & { lastAt: string })[]>`
    select segment, source, normal, hashes, last_at::text "lastAt" from segments s
    where workspace_id = ${workspace}
      and (${iso(to)}::timestamptz is null or first_at <= ${iso(to)}::timestamptz)
      and (${only === null} or segment = any(${only === null ? [] : [...only]}::int[]))
      and (${customer ?? null}::text is null or exists (select from sources o
        where (o.workspace_id, o.source, o.customer) = (s.workspace_id, s.source, ${customer ?? null}::text)))
    order by last_at desc, segment`.cursor(SEGMENTS_BACK);
  for await (const rows of cursor) {
    for (const { lastAt, ...row } of rows) {
      const events = openSegment(row).flatMap((record) => eventsOf({ ...record, source: row.source }));
      yield { lastAt: Date.parse(lastAt), events };
    }
  }
}

/** All lines of those segments, segment by segment. */
export async function* readLines(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
): AsyncGenerator<LogLine[]> {
  for await (const row of readSegments(sql, workspace, scope)) {
    yield openSegment(row).map((record) => ({ ...record, source: row.source }));
  }
}

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

interface RawRow extends NormalRow {
  format: string;
  raw: Buffer;
}

/** Raw bytes of segments, the few used last: neighbouring records lie in the same one. */
class RawSegments {
  private readonly cache = new Map<number, Buffer>();
  constructor(
    private readonly sql: SqlSession,
    private readonly workspace: string,
  ) {}

  async bytes({
    segment,
    offset,
    length,
  }: {
    segment: number;
    offset: number;
    length: number;
  }): Promise<Buffer> {
    let raw = this.cache.get(segment);
    if (raw === undefined) {
      const [found] = await this.sql<{ raw: Buffer }[]>`
        select raw from segments where workspace_id = ${this.workspace} and segment = ${segment}`;
      if (found === undefined) throw new Error(`Segment ${segment} of the log is missing.`);
      raw = unpackRaw(found.raw);
      this.cache.set(segment, raw);
      // A segment holds some hundred kilobytes: 256 of them bound the memory and serve a stream in order of time.
      const oldest = this.cache.keys().next().value;
      if (this.cache.size > 256 && oldest !== undefined) this.cache.delete(oldest);
    }
    return raw.subarray(offset, offset + length);
  }
}

/** What to leave out of the records of a scope. */
export type RecordFilter = (events: readonly LoggedEvent[], refs: readonly (string | null)[]) => boolean;

/** Records in order of time, then source and fingerprint, in batches. Their places are held in memory, not their bytes. */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
  filter: RecordFilter = () => true,
): AsyncGenerator<StoredRecord[]> {
  const { sql } = db;
  const found: (Omit<StoredRecord, "bytes"> & { segment: number; offset: number; length: number })[] = [];
  const cursor = sql<Omit<RawRow, "raw">[]>`
    select segment, source, format, normal, hashes from segments
    where workspace_id = ${workspace}
      and (${iso(scope.from)}::timestamptz is null or last_at >= ${iso(scope.from)}::timestamptz)
      and (${iso(scope.to)}::timestamptz is null or first_at <= ${iso(scope.to)}::timestamptz)
      and (${scope.sources === undefined} or source = any(${scope.sources ? [...scope.sources] : []}::text[]))`.cursor(
    SEGMENTS_A_FETCH,
  );
  const { from = -Infinity, to = Infinity } = scope;
  for await (const rows of cursor) {
    for (const row of rows) {
      const { source, format } = row;
      for (const record of openSegment(row)) {
        const events = eventsOf({ ...record, source });
        const firstAt = events.reduce((at, event) => Math.min(at, event.at), Infinity);
        if (firstAt < from || firstAt > to || !filter(events, record.refs)) continue;
        const { fingerprint, offset, length, position } = record;
        const sha256 = sha256At(row.hashes, position);
        found.push({
          source,
          format,
          fingerprint,
          sha256,
          firstAt,
          events: events.length,
          segment: Number(row.segment),
          offset,
          length,
        });
      }
    }
  }
  found.sort(
    (a, b) =>
      a.firstAt - b.firstAt ||
      (a.source < b.source ? -1 : a.source > b.source ? 1 : a.fingerprint < b.fingerprint ? -1 : 1),
  );
  const segments = new RawSegments(sql, workspace);
  for (let i = 0; i < found.length; i += 500) {
    const batch: StoredRecord[] = [];
    for (const { segment, offset, length, ...record } of found.slice(i, i + 500)) {
      batch.push({ ...record, bytes: await segments.bytes({ segment, offset, length }) });
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
  if (!/^[0-9a-f]{40}$/u.test(fingerprint) || !/^\d{1,4}$/u.test(ordinal)) return null;
  const [row] = await db.sql<(RawRow & { position: number })[]>`
    select s.segment, s.source, s.format, s.raw, s.normal, s.hashes, r.position
    from records r join segments s using (workspace_id, segment)
    where r.workspace_id = ${workspace} and r.fingerprint = ${Buffer.from(fingerprint, "hex")}`;
  if (row === undefined) return null;
  for (const record of openSegment(row)) {
    if (record.position !== row.position) continue;
    const event = eventsOf({ ...record, source: row.source })[Number(ordinal)];
    if (event === undefined) return null;
    return {
      event,
      ref: record.refs[Number(ordinal)] ?? null,
      bytes: unpackRaw(row.raw).subarray(record.offset, record.offset + record.length),
      sha256: sha256At(row.hashes, record.position),
    };
  }
  return null;
}

/** Rows fetched at once of what is small: some hundred kilobytes. */
const ROWS_A_FETCH = 2_000;

/** All that the log says of a ref. */
export interface RefFacts {
  ref: string;
  /** As JSON, for {@link factsOf}. */
  facts: string;
}

/** The facts of a ref, each once. */
export function factsOf({ ref, facts }: RefFacts): LinkFact[] {
  return Object.entries(JSON.parse(facts) as Record<string, number>).map(([key, first]) => {
    const space = key.indexOf(" ");
    return { ref, kind: key.slice(0, space) as LinkFact["kind"], value: key.slice(space + 1), first };
  });
}

/**
 * The link facts of the workspace ref by ref, in no order, some at a time.
 * @param prefix of the refs that are wanted.
 */
export async function* readRefFacts(
  sql: SqlSession,
  workspace: string,
  prefix = "",
): AsyncGenerator<RefFacts[]> {
  yield* sql<RefFacts[]>`
    select ref, facts::text from link_facts
    where workspace_id = ${workspace} and starts_with(ref, ${prefix})`.cursor(ROWS_A_FETCH);
}

/** The link facts of the workspace, each once, in no order. */
export async function readFacts(sql: SqlSession, workspace: string, prefix = ""): Promise<LinkFact[]> {
  const facts: LinkFact[] = [];
  for await (const rows of readRefFacts(sql, workspace, prefix))
    for (const row of rows) facts.push(...factsOf(row));
  return facts;
}

/** Accounts of which one is the other's alias, some at a time. */
export async function* readAliases(
  sql: SqlSession,
  workspace: string,
): AsyncGenerator<{ ref: string; alias: string }[]> {
  yield* sql<{ ref: string; alias: string }[]>`
    select ref, substr(key, length('alias ') + 1) alias
    from link_facts, jsonb_object_keys(facts) key
    where workspace_id = ${workspace} and starts_with(key, 'alias ')`.cursor(ROWS_A_FETCH);
}

/** So many refs the log has said anything of. */
export async function countRefs(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<{ refs: number }[]>`
    select count(*)::int refs from link_facts where workspace_id = ${workspace}`;
  return row?.refs ?? 0;
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
