/**
 * Writing to the log. One batch is one transaction: records, events, rejected records, link facts, dirty refs, the counts
 * of hours and the ingest's progress appear together or not at all, so that an ingest killed at any moment can simply be run again.
 */
import { gzipSync } from "node:zlib";
import type { NormalEvent } from "../../lib/ingest/event.ts";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";

/** One record on its way into the log. */
export interface NewRecord {
  source: string;
  format: string;
  /** Hex SHA-256 of the normal form, and of the bytes. */
  fingerprint: string;
  sha256: string;
  bytes: Uint8Array;
  events: readonly { ref: string | null; normal: NormalEvent }[];
  facts: readonly LinkFact[];
}

export interface NewRejected {
  source: string;
  sha256: string;
  bytes: Uint8Array;
  /** 1-based number of the record in its file, and byte offset of its first byte. */
  record: number;
  offset: number;
  reason: string;
}

export interface Batch {
  workspace: string;
  ingest: string;
  records: readonly NewRecord[];
  rejected: readonly NewRejected[];
  /** Bytes of the file read up to the end of this batch, before decompression. */
  bytesRead: number;
}

export interface Appended {
  accepted: number;
  duplicates: number;
  rejected: number;
}

const key = (record: { source: string; fingerprint: string }) =>
  `${record.source}\u0000${record.fingerprint}`;

const byKey = (a: NewRecord, b: NewRecord): number => (key(a) < key(b) ? -1 : 1);

/** The first of each kind; sorted, so that two ingests at once never wait for each other in a circle. */
function distinct(records: readonly NewRecord[]): NewRecord[] {
  return [...new Map(records.toReversed().map((record) => [key(record), record])).values()].sort(byKey);
}

const timeOf = (record: NewRecord): number => Math.min(...record.events.map((event) => event.normal.at));

/** Puts the raw bytes of records end to end into one compressed segment; returns where each lies. */
async function writeSegment(sql: SqlSession, workspace: string, records: readonly NewRecord[]) {
  const bytes = gzipSync(Buffer.concat(records.map((record) => record.bytes)), { level: 1 });
  const [row] = await sql<{ segment: string }[]>`
    insert into segments (workspace_id, encoding, bytes) values (${workspace}, 'gzip', ${bytes}) returning segment`;
  let offset = 0;
  return records.map((record) => {
    const place = { segment: Number(row?.segment), offset, length: record.bytes.length };
    offset += record.bytes.length;
    return place;
  });
}

/** Stores the records not yet known; returns their keys. */
async function writeRecords(
  sql: SqlSession,
  batch: Batch,
  candidates: readonly NewRecord[],
): Promise<Set<string>> {
  const known = await sql<{ source: string; fingerprint: string }[]>`
    select source, encode(fingerprint, 'hex') fingerprint from records
    where workspace_id = ${batch.workspace} and source = any(${[...new Set(candidates.map((r) => r.source))]})
      and fingerprint = any(select decode(f, 'hex') from unnest(${candidates.map((r) => r.fingerprint)}::text[]) f)`;
  const knownKeys = new Set(known.map(key));
  const fresh = candidates.filter((record) => !knownKeys.has(key(record)));
  if (fresh.length === 0) return new Set();
  const places = await writeSegment(sql, batch.workspace, fresh);
  const rows = fresh.map((record, i) => ({
    source: record.source,
    fingerprint: record.fingerprint,
    sha256: record.sha256,
    format: record.format,
    ...places[i],
    first_at: new Date(timeOf(record)),
  }));
  // Another ingest may have brought the same record meanwhile: only what this one inserts is its own.
  const inserted = await sql<{ source: string; fingerprint: string }[]>`
    insert into records (workspace_id, source, fingerprint, sha256, format, segment, "offset", length, first_at, ingest)
    select ${batch.workspace}, source, decode(fingerprint, 'hex'), decode(sha256, 'hex'), format, segment, "offset",
      length, first_at, ${batch.ingest}
    from jsonb_to_recordset(${json(sql, rows)}) as r(source text, fingerprint text, sha256 text, format text,
      segment bigint, "offset" int, length int, first_at timestamptz)
    on conflict do nothing returning source, encode(fingerprint, 'hex') fingerprint`;
  return new Set(inserted.map(key));
}

async function writeEvents(sql: SqlSession, workspace: string, records: readonly NewRecord[]): Promise<void> {
  const rows = records.flatMap(({ source, fingerprint, events }) =>
    events.map(({ ref, normal }, ordinal) => ({
      source,
      fingerprint,
      ordinal,
      at: new Date(normal.at),
      ref,
      normal,
    })),
  );
  await sql`
    insert into events (workspace_id, source, fingerprint, ordinal, at, ref, normal)
    select ${workspace}, source, decode(fingerprint, 'hex'), ordinal, at, ref, normal
    from jsonb_to_recordset(${json(sql, rows)}) as e(source text, fingerprint text, ordinal smallint,
      at timestamptz, ref text, normal jsonb)`;
}

async function writeFacts(
  sql: SqlSession,
  workspace: string,
  facts: readonly LinkFact[],
  refs: readonly string[],
): Promise<void> {
  const rows = facts.map((fact) => ({ ...fact, first: new Date(fact.first) }));
  // Most facts were said before: those are left alone, an upsert would write each of them again.
  await sql`
    insert into link_facts (workspace_id, ref, kind, value, first)
    select ${workspace}, f.* from jsonb_to_recordset(${json(sql, rows)}) as
      f(ref text, kind text, value text, first timestamptz)
    where not exists (select from link_facts l where l.workspace_id = ${workspace} and l.ref = f.ref
      and l.kind = f.kind and l.value = f.value and l.first <= f.first)
    on conflict (workspace_id, ref, kind, value) do update set first = least(link_facts.first, excluded.first)`;
  await sql`
    insert into dirty_refs (workspace_id, ref) select ${workspace}, unnest(${refs}::text[]) on conflict do nothing`;
}

const HOUR = 3_600_000;

/** What the records add to the counts of each source's hours; a record counts once, in the hour of its first event. */
function hourCounts(records: readonly NewRecord[]) {
  const counts = new Map<string, { source: string; hour: number; records: number; times: number[] }>();
  for (const record of records) {
    const first = timeOf(record);
    let begins = 1;
    for (const { normal } of record.events) {
      const hour = Math.floor(normal.at / HOUR) * HOUR;
      const place = `${record.source} ${hour}`;
      const count = counts.get(place) ?? { source: record.source, hour, records: 0, times: [] };
      counts.set(place, count);
      count.times.push(normal.at);
      if (normal.at === first) {
        count.records += begins;
        begins = 0;
      }
    }
  }
  return [...counts.values()].map(({ source, hour, records: begun, times }) => ({
    source,
    hour: new Date(hour),
    records: begun,
    events: times.length,
    first_at: new Date(times.reduce((a, b) => Math.min(a, b))),
    last_at: new Date(times.reduce((a, b) => Math.max(a, b))),
  }));
}

async function countHours(sql: SqlSession, workspace: string, records: readonly NewRecord[]): Promise<void> {
  // In one order, so that two ingests at once never wait for each other in a circle.
  await sql`
    insert into event_hours as h (workspace_id, source, hour, records, events, first_at, last_at)
    select ${workspace}, c.* from jsonb_to_recordset(${json(sql, hourCounts(records))}) as
      c(source text, hour timestamptz, records bigint, events bigint, first_at timestamptz, last_at timestamptz)
    order by source, hour
    on conflict (workspace_id, source, hour) do update set records = h.records + excluded.records,
      events = h.events + excluded.events, first_at = least(h.first_at, excluded.first_at),
      last_at = greatest(h.last_at, excluded.last_at)`;
}

/** The bytes, position and reason of what could not be read. The same bytes are kept once. */
async function writeRejected(sql: SqlSession, batch: Batch): Promise<void> {
  for (const rejected of batch.rejected) {
    await sql`
      insert into rejected_records (workspace_id, source, sha256, bytes, record, "offset", reason, ingest)
      values (${batch.workspace}, ${rejected.source}, ${Buffer.from(rejected.sha256, "hex")},
        ${Buffer.from(rejected.bytes)}, ${rejected.record}, ${rejected.offset}, ${rejected.reason}, ${batch.ingest})
      on conflict do nothing`;
  }
}

/**
 * Appends a batch and moves the ingest's counters with it, in one transaction.
 * @param mergeFacts folds equal link facts into one, sorted (`lib/lifecycle/refs.ts`).
 * @throws whatever the database says; nothing of the batch is kept then.
 */
export async function appendBatch(
  db: Db,
  batch: Batch,
  mergeFacts: (facts: Iterable<LinkFact>) => LinkFact[],
): Promise<Appended> {
  return db.sql.begin(async (sql) => {
    const candidates = distinct(batch.records);
    const fresh = candidates.length === 0 ? new Set<string>() : await writeRecords(sql, batch, candidates);
    const accepted = candidates.filter((record) => fresh.has(key(record)));
    if (accepted.length > 0) {
      await writeEvents(sql, batch.workspace, accepted);
      const refs = accepted.flatMap((record) =>
        record.events.map((event) => event.ref).filter((ref) => ref !== null),
      );
      await writeFacts(
        sql,
        batch.workspace,
        mergeFacts(accepted.flatMap((record) => record.facts)),
        [...new Set(refs)].sort(),
      );
    }
    await writeRejected(sql, batch);
    if (accepted.length > 0) await countHours(sql, batch.workspace, accepted);
    const appended = {
      accepted: accepted.length,
      duplicates: batch.records.length - accepted.length,
      rejected: batch.rejected.length,
    };
    const times = batch.records.flatMap((record) => record.events.map((event) => event.normal.at));
    const first = times.length === 0 ? null : new Date(times.reduce((a, b) => Math.min(a, b))).toISOString();
    const last = times.length === 0 ? null : new Date(times.reduce((a, b) => Math.max(a, b))).toISOString();
    // An ingest that dies never says its sources at its end: each batch does.
    const sources = [...new Set([...batch.records, ...batch.rejected].map(({ source }) => source))];
    await sql`
      update ingests set source = (select string_agg(distinct s, '+' order by s)
          from unnest(string_to_array(nullif(source, ''), '+') || ${sources}::text[]) s),
        records = records + ${batch.records.length + batch.rejected.length},
        accepted = accepted + ${appended.accepted}, duplicates = duplicates + ${appended.duplicates},
        rejected = rejected + ${appended.rejected}, bytes_read = ${batch.bytesRead}, heartbeat_at = now(),
        first_event_at = least(first_event_at, ${first}::timestamptz), last_event_at = greatest(last_event_at, ${last}::timestamptz)
      where workspace_id = ${batch.workspace} and ingest = ${batch.ingest}`;
    return appended;
  });
}
