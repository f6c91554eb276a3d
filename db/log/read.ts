/** Reading the events of the log, segment by segment. What lies in db/log alone knows how it is stored. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { SqlSession } from "../client.ts";
import { decodeEvents } from "./codec.ts";
import { monthOf } from "./month.ts";
import { numbers } from "./numbers.ts";
import { eachRecord, fingerprintAt, openSegment, refHash, type SegmentRecord } from "./segment.ts";

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

/** What is fetched of a segment to read its events. */
export interface NormalRow {
  segment: string;
  source: string;
  normal: Uint8Array;
  hashes: Uint8Array;
}

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Segments that begin up to a time: their month does, too, so that later ones are not looked at. */
const begunBy = (sql: SqlSession, to: number | undefined) =>
  to === undefined
    ? sql``
    : sql`and first_at <= ${iso(to)}::timestamptz and month <= date '2000-01-01' + ${monthOf(to)}::int`;

/** The condition for segments that have an event of the scope. */
export const inScope = (sql: SqlSession, workspace: string, { from, to, sources }: LogScope) => sql`
  workspace_id = ${workspace}
  and (${iso(from)}::timestamptz is null or last_at >= ${iso(from)}::timestamptz)
  ${begunBy(sql, to)}
  and (${sources === undefined} or source = any(${sources ? [...sources] : []}::text[]))`;

/** Whether all events of a segment lie in the times of the scope. */
export const isWithin = (sql: SqlSession, { from, to }: LogScope) => sql`
  ((${iso(from)}::timestamptz is null or first_at >= ${iso(from)}::timestamptz)
  and (${iso(to)}::timestamptz is null or last_at <= ${iso(to)}::timestamptz))`;

/** The events of a line as they stand in the log. */
export function eventsOf({
  source,
  fingerprint,
  encoded,
}: Pick<LogLine, "source" | "fingerprint" | "encoded">): LoggedEvent[] {
  return decodeEvents(encoded, fingerprint, source);
}

/** The segments that hold events of any of the refs, and perhaps a few that do not, by their numbers. */
export async function findSegments(sql: SqlSession, refs: readonly string[]): Promise<number[]> {
  const found = await sql<{ segment: number }[]>`
    select segments_with_refs(${numbers(refs.map(refHash))}::text::int[]) as segment`;
  return found.map(({ segment }) => segment);
}

/** Of segments those that reach into one of the spans of time, both ends with it; milliseconds. */
export async function segmentsWithin(
  sql: SqlSession,
  workspace: string,
  segments: readonly number[],
  spans: readonly { from: number; to: number }[],
): Promise<number[]> {
  const found = await sql<{ segment: number }[]>`
    select s.segment from segments s where s.workspace_id = ${workspace} and s.segment = any(${[...segments]}::int[])
      and exists (select from unnest(${spans.map(({ from }) => new Date(from).toISOString())}::text[]::timestamptz[],
        ${spans.map(({ to }) => new Date(to).toISOString())}::text[]::timestamptz[]) as span(from_at, to_at)
        where s.first_at <= span.to_at and s.last_at >= span.from_at)`;
  return found.map(({ segment }) => segment);
}

/** How many segments the log has. Each is counted: not for pages. */
export async function countSegments(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<{ all: number }[]>`
    select count(*)::int as all from segments where workspace_id = ${workspace}`;
  return row?.all ?? 0;
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
  const wanted = segments ?? (await findSegments(sql, [...byRef.keys()]));
  const found: (LoggedEvent & { ref: string })[] = [];
  for (let i = 0; i < wanted.length; i += SEGMENTS_A_FETCH) {
    const rows = await sql<NormalRow[]>`
      select segment, source, normal, hashes from segments
      where workspace_id = ${workspace} and segment = any(${wanted.slice(i, i + SEGMENTS_A_FETCH)}::int[])`;
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

/** Some segments by their numbers, without their raw bytes. */
export async function* readSomeSegments(
  sql: SqlSession,
  workspace: string,
  segments: readonly number[],
): AsyncGenerator<LogSegment> {
  for (let i = 0; i < segments.length; i += SEGMENTS_A_FETCH) {
    const rows = await sql<NormalRow[]>`
      select segment, source, normal, hashes from segments
      where workspace_id = ${workspace} and segment = any(${segments.slice(i, i + SEGMENTS_A_FETCH)}::int[])`;
    for (const { segment, source, normal, hashes } of rows)
      yield { segment: Number(segment), source, normal, hashes };
  }
}

/** A segment without its raw bytes, not yet opened. */
export type LogSegment = Omit<NormalRow, "segment"> & { segment: number };

/** The segments that have an event of the scope, in the order in which they came. */
export async function* readSegments(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
): AsyncGenerator<LogSegment> {
  const cursor = sql<NormalRow[]>`
    select segment, source, normal, hashes from segments
    where ${inScope(sql, workspace, scope)}
    order by segment`.cursor(SEGMENTS_A_FETCH);
  for await (const rows of cursor) {
    for (const { segment, source, normal, hashes } of rows)
      yield { segment: Number(segment), source, normal, hashes };
  }
}

/** Segments read from the newest: a page of events is most often in the first few. */
const SEGMENTS_BACK = 8;

/**
 * The events of segments, those that reach furthest towards now first.
 * @param scope nothing that begins after `to`; of one customer's sources where a customer is named; of `only` these segments;
 * of records of one format where one is named.
 */
export async function* readSegmentsBack(
  sql: SqlSession,
  workspace: string,
  {
    to,
    customer,
    only = null,
    format,
  }: {
    to?: number | undefined;
    customer?: string | undefined;
    only?: readonly number[] | null;
    format?: string | undefined;
  },
): AsyncGenerator<{ lastAt: number; events: LoggedEvent[] }> {
  const cursor = sql<(NormalRow & { lastAt: string })[]>`
    select segment, source, normal, hashes, last_at::text "lastAt" from segments s
    where workspace_id = ${workspace} ${begunBy(sql, to)}
      and (${format ?? null}::text is null or format = ${format ?? null}::text)
      and (${only === null} or segment = any(${only === null ? [] : [...only]}::int[]))
      and (${customer ?? null}::text is null or exists (select from sources o
        where (o.workspace_id, o.source, o.customer) = (${workspace}, s.source, ${customer ?? null}::text)))
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
