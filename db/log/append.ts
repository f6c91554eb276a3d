/**
 * Writing to the log. One batch is one transaction: segments, records, rejected records, link facts, dirty refs, the counts
 * of hours and the ingest's progress appear together or not at all, so that an ingest killed at any moment can simply be run again.
 */
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { Db, SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";
import { json } from "../json.ts";
import {
  FINGERPRINT_BYTES,
  type HourCount,
  PAIR_BYTES,
  refHash,
  type Segment,
  withoutRecords,
} from "./segment.ts";

export interface NewRejected {
  source: string;
  sha256: Uint8Array;
  bytes: Uint8Array;
  /** 1-based number of the record in its file, and byte offset of its first byte. */
  record: number;
  offset: number;
  reason: string;
}

export interface Batch {
  workspace: string;
  ingest: string;
  segments: readonly Segment[];
  rejected: readonly NewRejected[];
  /** Bytes of the file read up to the end of this batch, before decompression. */
  bytesRead: number;
}

export interface Appended {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** A dirty ref of its own: not events but link facts or decisions changed. */
export const LINKS_CHANGED = "";

/** A list of whole numbers as PostgreSQL reads one. */
const numbers = (list: readonly number[]): string => `{${list.join(",")}}`;

/** Byte strings put end to end, and where each lies, from 1 as SQL counts. */
function joined(parts: readonly Uint8Array[]): { bytes: Buffer; starts: string; lengths: string } {
  let at = 1;
  const starts = parts.map((part) => {
    const start = at;
    at += part.length;
    return start;
  });
  return {
    bytes: Buffer.concat(parts),
    starts: numbers(starts),
    lengths: numbers(parts.map((part) => part.length)),
  };
}

/**
 * Lets one batch of a source be written at a time: whoever looks up then what is known sees all of it. Taken in one order,
 * so that two ingests never wait for each other in a circle.
 */
async function lockSources(sql: SqlSession, workspace: string, sources: readonly string[]): Promise<void> {
  for (const source of [...sources].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall append ${workspace} ${source}`}, 0))`;
  }
}

/** Records that come twice in the segments: for each segment the positions to leave out. */
function repeated(segments: readonly Segment[]): Set<number>[] {
  const seen = new Set<string>();
  return segments.map(({ records, hashes }) => {
    const dropped = new Set<number>();
    const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length);
    for (let position = 0; position < records; position++) {
      const start = position * PAIR_BYTES;
      const size = seen.size;
      if (seen.add(bytes.toString("latin1", start, start + FINGERPRINT_BYTES)).size === size)
        dropped.add(position);
    }
    return dropped;
  });
}

/** Leaves out the records that the log has already, and those that come twice. */
async function withoutKnown(
  sql: SqlSession,
  workspace: string,
  segments: readonly Segment[],
): Promise<Segment[]> {
  const dropped = repeated(segments);
  const counts = segments.map((segment) => segment.records);
  let sum = 0;
  const starts = counts.map((count) => {
    const start = sum;
    sum += count;
    return start;
  });
  const hashes = Buffer.concat(segments.map((segment) => segment.hashes));
  const known = await sql<{ place: number; position: number }[]>`
    select s.place - 1 place, p.position
    from unnest(${numbers(starts)}::text::int[], ${numbers(counts)}::text::int[]) with ordinality s(start, records, place),
      generate_series(0, s.records - 1) p(position),
      lateral (select from records r where r.workspace_id = ${workspace}
        and r.fingerprint = substring(${hashes}::bytea from (s.start + p.position) * ${PAIR_BYTES} + 1 for ${FINGERPRINT_BYTES})
        limit 1) r`;
  for (const { place, position } of known) dropped[place]?.add(position);
  return segments
    .map((segment, i) => withoutRecords(segment, dropped[i] as Set<number>))
    .filter((segment) => segment !== null);
}

/** Stores the segments; returns their numbers, which rise. */
async function writeSegments(sql: SqlSession, batch: Batch, segments: readonly Segment[]): Promise<number[]> {
  const rows = await sql<{ segment: string }[]>`
    select nextval(pg_get_serial_sequence('segments', 'segment')) segment from generate_series(1, ${segments.length}::int)`;
  const ids = rows.map((row) => Number(row.segment)).sort((a, b) => a - b);
  const copy = new CopyRows();
  segments.forEach((segment, i) => {
    copy.row(12);
    copy.text(batch.workspace);
    copy.int4(ids[i] as number);
    copy.text(segment.source);
    copy.text(segment.format);
    copy.uuid(batch.ingest);
    copy.int4(segment.records);
    copy.timestamptz(segment.firstAt);
    copy.timestamptz(segment.lastAt);
    copy.bytes(segment.raw);
    copy.bytes(segment.normal);
    copy.bytes(segment.hashes);
    copy.int4s(segment.refs.map(refHash));
  });
  await copyInto(
    sql,
    "segments (workspace_id, segment, source, format, ingest, records, first_at, last_at, raw, normal, hashes, refs)",
    copy,
  );
  return ids;
}

async function writeRecords(
  sql: SqlSession,
  workspace: string,
  segments: readonly Segment[],
  ids: readonly number[],
): Promise<void> {
  const all: { segment: number; position: number; fingerprint: Uint8Array }[] = [];
  segments.forEach(({ hashes, records }, i) => {
    for (let position = 0; position < records; position++) {
      const start = position * PAIR_BYTES;
      const fingerprint = hashes.subarray(start, start + FINGERPRINT_BYTES);
      all.push({ segment: ids[i] as number, position, fingerprint });
    }
  });
  const copy = new CopyRows();
  // Sorted: neighbours in the index are written one after another.
  for (const place of inOrder(all.map((record) => record.fingerprint))) {
    const { segment, position, fingerprint } = all[place] as (typeof all)[number];
    copy.row(4);
    copy.text(workspace);
    copy.bytes(fingerprint);
    copy.int4(segment);
    copy.int2(position);
  }
  await copyInto(sql, "records (workspace_id, fingerprint, segment, position)", copy);
}

/** The places of byte strings in the order of their first four bytes: near enough for neighbours to meet. At most 2^20. */
function inOrder(strings: readonly Uint8Array[]): Iterable<number> {
  const keys = Float64Array.from(
    strings,
    ([a = 0, b = 0, c = 0, d = 0], place) => ((a * 256 + b) * 256 + c) * 256 * 2 ** 20 + d * 2 ** 20 + place,
  );
  return keys.sort().map((key) => key % 2 ** 20);
}

/** Marks the refs that have new events. */
async function markDirty(sql: SqlSession, workspace: string, segments: readonly Segment[]): Promise<void> {
  const refs = [...new Set(segments.flatMap((segment) => segment.refs))];
  await sql`
    insert into dirty_refs (workspace_id, ref)
    select ${workspace}, r from unnest(${refs}::text[]) r order by 2 on conflict do nothing`;
}

/** Facts by their ref, each with the earliest time. */
function factsByRef(facts: readonly LinkFact[]): Map<string, Record<string, number>> {
  const refs = new Map<string, Record<string, number>>();
  for (const { ref, kind, value, first } of facts) {
    let own = refs.get(ref);
    if (own === undefined) {
      // No prototype: a value may be called like a member that every object has.
      own = Object.create(null) as Record<string, number>;
      refs.set(ref, own);
    }
    const key = `${kind} ${value}`;
    own[key] = Math.min(own[key] ?? first, first);
  }
  return refs;
}

/** Adds what is new to the refs' facts, and marks that there is something new. */
async function writeFacts(sql: SqlSession, workspace: string, facts: readonly LinkFact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = [...factsByRef(facts)].map(([ref, own]) => ({ ref, facts: own }));
  const changed = await sql`
    insert into link_facts as l (workspace_id, ref, facts)
    select ${workspace}, f.ref, f.facts from jsonb_to_recordset(${json(sql, rows)}) as f(ref text, facts jsonb)
    order by 2
    on conflict (workspace_id, ref) do update set facts = (
      select jsonb_object_agg(key, first) from (
        select key, min(value::bigint) first
        from (select * from jsonb_each_text(l.facts) union all select * from jsonb_each_text(excluded.facts)) a
        group by key) m)
    where exists (select from jsonb_each_text(excluded.facts) e
      where (l.facts ->> e.key) is null or (l.facts ->> e.key)::bigint > e.value::bigint)
    returning 1`;
  if (changed.length > 0) await markLinksChanged(sql, workspace);
}

/** Has the next refresh work out anew who is who. */
export async function markLinksChanged(sql: SqlSession, workspace: string): Promise<void> {
  await sql`insert into dirty_refs (workspace_id, ref) values (${workspace}, ${LINKS_CHANGED}) on conflict do nothing`;
}

/** Counts of several segments as one row for each source and hour. */
function hoursOf(segments: readonly Segment[]) {
  const counts = new Map<string, HourCount & { source: string }>();
  for (const { source, hours } of segments) {
    for (const hour of hours) {
      const key = `${hour.hour} ${source}`;
      const known = counts.get(key);
      if (known === undefined) {
        counts.set(key, { source, ...hour });
        continue;
      }
      known.records += hour.records;
      known.events += hour.events;
      known.firstAt = Math.min(known.firstAt, hour.firstAt);
      known.lastAt = Math.max(known.lastAt, hour.lastAt);
    }
  }
  return [...counts.values()].map(({ source, hour, records, events, firstAt, lastAt }) => ({
    source,
    hour: new Date(hour),
    records,
    events,
    first_at: new Date(firstAt),
    last_at: new Date(lastAt),
  }));
}

/** Adds to the counts of each source's hours. */
async function addHours(sql: SqlSession, workspace: string, segments: readonly Segment[]): Promise<void> {
  // In one order, so that two ingests at once never wait for each other in a circle.
  await sql`
    insert into event_hours as h (workspace_id, source, hour, records, events, first_at, last_at)
    select ${workspace}, c.* from jsonb_to_recordset(${json(sql, hoursOf(segments))}) as
      c(source text, hour timestamptz, records bigint, events bigint, first_at timestamptz, last_at timestamptz)
    order by source, hour
    on conflict (workspace_id, source, hour) do update set records = h.records + excluded.records,
      events = h.events + excluded.events, first_at = least(h.first_at, excluded.first_at),
      last_at = greatest(h.last_at, excluded.last_at)`;
}

/** Counts the records of event types that nobody knows. */
async function countUnknown(sql: SqlSession, workspace: string, segments: readonly Segment[]): Promise<void> {
  const rows = segments.flatMap(({ source, unknownTypes }) =>
    Object.entries(unknownTypes).map(([type, records]) => ({ source, type, records })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into unknown_types as t (workspace_id, source, type, records)
    select ${workspace}, u.source, u.type, sum(u.records)
    from jsonb_to_recordset(${json(sql, rows)}) as u(source text, type text, records bigint)
    group by u.source, u.type order by u.source, u.type
    on conflict (workspace_id, source, type) do update set records = t.records + excluded.records`;
}

/** The bytes, position and reason of what could not be read. The same bytes are kept once. */
async function writeRejected(sql: SqlSession, batch: Batch): Promise<void> {
  const { rejected } = batch;
  if (rejected.length === 0) return;
  const { bytes, starts, lengths } = joined(rejected.map((row) => row.bytes));
  const hashes = joined(rejected.map((row) => row.sha256));
  await sql`
    insert into rejected_records (workspace_id, source, sha256, bytes, record, "offset", reason, ingest)
    select ${batch.workspace}, r.source, substring(${hashes.bytes}::bytea from r.hash for 32),
      substring(${bytes}::bytea from r.start for r.length), r.record, r."offset", r.reason, ${batch.ingest}
    from unnest(${rejected.map((row) => row.source)}::text[], ${hashes.starts}::text::int[], ${starts}::text::int[],
      ${lengths}::text::int[], ${numbers(rejected.map((row) => row.record))}::text::bigint[],
      ${numbers(rejected.map((row) => row.offset))}::text::bigint[], ${rejected.map((row) => row.reason)}::text[])
      r(source, hash, start, length, record, "offset", reason)
    order by 2, 3, 5
    on conflict do nothing`;
}

const isoOrNull = (at: number): string | null => (Number.isFinite(at) ? new Date(at).toISOString() : null);

async function moveIngest(sql: SqlSession, batch: Batch, appended: Appended): Promise<void> {
  const hours = batch.segments.flatMap((segment) => segment.hours);
  const first = isoOrNull(hours.reduce((at, hour) => Math.min(at, hour.firstAt), Infinity));
  const last = isoOrNull(hours.reduce((at, hour) => Math.max(at, hour.lastAt), -Infinity));
  const records = appended.accepted + appended.duplicates + appended.rejected;
  // An ingest that dies never says its sources at its end: each batch does.
  const sources = [...new Set([...batch.segments, ...batch.rejected].map(({ source }) => source))];
  await sql`
    update ingests set source = (select string_agg(distinct s, '+' order by s)
        from unnest(string_to_array(nullif(source, ''), '+') || ${sources}::text[]) s),
      records = records + ${records},
      accepted = accepted + ${appended.accepted}, duplicates = duplicates + ${appended.duplicates},
      rejected = rejected + ${appended.rejected}, bytes_read = ${batch.bytesRead}, heartbeat_at = now(),
      first_event_at = least(first_event_at, ${first}::timestamptz), last_event_at = greatest(last_event_at, ${last}::timestamptz)
    where workspace_id = ${batch.workspace} and ingest = ${batch.ingest}`;
}

const recordsOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.records, 0);

/**
 * Appends a batch and moves the ingest's counters with it, in one transaction.
 * @throws whatever the database says; nothing of the batch is kept then.
 */
export async function appendBatch(db: Db, batch: Batch): Promise<Appended> {
  const { workspace } = batch;
  const all = batch.segments;
  return db.sql.begin(async (sql) => {
    let fresh: Segment[] = [];
    if (all.length > 0) {
      await lockSources(sql, workspace, [...new Set(all.map((segment) => segment.source))]);
      fresh = await withoutKnown(sql, workspace, all);
    }
    if (fresh.length > 0) {
      const ids = await writeSegments(sql, batch, fresh);
      await writeRecords(sql, workspace, fresh, ids);
      await markDirty(sql, workspace, fresh);
      await writeFacts(
        sql,
        workspace,
        fresh.flatMap((segment) => segment.facts),
      );
      await addHours(sql, workspace, fresh);
      await countUnknown(sql, workspace, fresh);
    }
    await writeRejected(sql, batch);
    const accepted = recordsOf(fresh);
    const appended = { accepted, duplicates: recordsOf(all) - accepted, rejected: batch.rejected.length };
    await moveIngest(sql, batch, appended);
    return appended;
  });
}
