/**
 * Writing to the log. One batch is one transaction: segments, records, rejected records, link facts, dirty refs, the counts
 * of hours and the ingest's progress appear together or not at all, so that an ingest killed at any moment can simply be run again.
 */
import postgres from "postgres";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import { type Db, type SqlSession, waitForOthers } from "../client.ts";
import { json } from "../json.ts";
import { sourceNames } from "../queries/sources.ts";
import { markWritten } from "./dirty.ts";
import { addHours } from "./hours.ts";
import { monthsOf } from "./month.ts";
import { ensureMonths } from "./months.ts";
import { numbers } from "./numbers.ts";
import { type FactsOf, type Segment, withAllFacts } from "./segment.ts";
import { hasMonthless, withoutKnown, withoutRepeated, writeRecords, writeSegments } from "./store.ts";

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
  /** That its records are likely all new: then they are looked up only where that turns out to be wrong. */
  likelyNew: boolean;
  /** That the same ingest has brought records that the log had already. */
  seenKnown: boolean;
  factsOf: FactsOf;
}

export interface Appended {
  accepted: number;
  duplicates: number;
  rejected: number;
}

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

/** Held together by all who add to the log, and by one alone who changes it. */
const wholeLog = (workspace: string) => `rollcall log ${workspace}`;

/** Held by whoever adds records of a source. */
const oneSource = (workspace: string, source: string) => `rollcall append ${workspace} ${source}`;

/**
 * Lets one batch of a source be written at a time: whoever looks up then what is known sees all of it. Taken in one order,
 * so that two ingests never wait for each other in a circle.
 */
export async function lockSources(
  sql: SqlSession,
  workspace: string,
  sources: readonly string[],
): Promise<void> {
  await waitForOthers(sql);
  await shareLog(sql, workspace);
  for (const source of [...sources].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${oneSource(workspace, source)}, 0))`;
  }
}

/**
 * The number up to which no segment can come any more. Null while somebody adds to the log, or nothing is there. Others are kept from
 * adding to it only for as long as the question takes.
 */
export async function lastSettled(sql: postgres.TransactionSql, workspace: string): Promise<number | null> {
  // Who is of an older version knows only the locks of sources.
  const sources = await sourceNames(sql, workspace);
  const locks = [wholeLog(workspace), ...sources.map((source) => oneSource(workspace, source))];
  const asked = new Error("Only asked.");
  let last: number | null = null;
  const ask = async (inner: SqlSession) => {
    const [row] = await inner<{ free: boolean }[]>`
      select bool_and(pg_try_advisory_xact_lock(hashtextextended(l, 0))) free from unnest(${locks}::text[]) l`;
    if (row?.free === true) {
      // Numbers are given in one order for all workspaces: of this one, nobody has one by now and is still to use it.
      const [given] = await inner<{ segment: number | null }[]>`
        select pg_sequence_last_value(pg_get_serial_sequence('segments', 'segment')::regclass)::int as segment`;
      last = given?.segment ?? null;
    }
    // The locks go with the savepoint.
    throw asked;
  };
  await sql.savepoint(ask).catch((error: unknown) => {
    if (error !== asked) throw error;
  });
  return last;
}

/** Lets nobody hold the log for themselves until the transaction ends; others that add to it go on. */
export async function shareLog(sql: SqlSession, workspace: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${wholeLog(workspace)}, 0))`;
}

/** Keeps all others from adding to the log, also from sources that are not known yet, until the transaction ends; waits for those who are at it. */
export async function lockLog(sql: SqlSession, workspace: string): Promise<void> {
  await waitForOthers(sql);
  await sql`select pg_advisory_xact_lock(hashtextextended(${wholeLog(workspace)}, 0))`;
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

/**
 * Adds what is new to the refs' facts. They are most often known: what says nothing new is left out before it comes to writing, which
 * would lock each row for nothing, and write that down. Nobody takes facts away meanwhile (`lockLog`), and what others add is sorted out
 * when they are written.
 * @returns the refs of which something is new.
 */
async function writeFacts(sql: SqlSession, workspace: string, facts: readonly LinkFact[]): Promise<string[]> {
  if (facts.length === 0) return [];
  const rows = [...factsByRef(facts)].map(([ref, own]) => ({ ref, facts: own }));
  const isNew = (said: string) => sql`
    exists (select from jsonb_each_text(${sql(said)}.facts) e
      where (l.facts ->> e.key) is null or (l.facts ->> e.key)::bigint > e.value::bigint)`;
  const changed = await sql<{ ref: string }[]>`
    insert into link_facts as l (workspace_id, ref, facts)
    select ${workspace}, f.ref, f.facts from jsonb_to_recordset(${json(sql, rows)}) as f(ref text, facts jsonb)
    left join lateral (
      select facts from link_facts k where k.workspace_id = ${workspace} and k.ref = f.ref limit 1) l on true
    where l.facts is null or ${isNew("f")}
    order by 2
    on conflict (workspace_id, ref) do update set facts = (
      select jsonb_object_agg(key, first) from (
        select key, min(value::bigint) first
        from (select * from jsonb_each_text(l.facts) union all select * from jsonb_each_text(excluded.facts)) a
        group by key) m)
    where ${isNew("excluded")}
    returning l.ref`;
  return changed.map(({ ref }) => ref);
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

/** Writes segments whose records are all new. @throws what the database says where one is not. */
async function writeNew(sql: SqlSession, batch: Batch, segments: readonly Segment[]): Promise<void> {
  const { workspace } = batch;
  const ids = await writeSegments(sql, batch, segments);
  await writeRecords(sql, workspace, segments, ids);
  const facts = segments.flatMap((segment) => segment.facts);
  const said = await writeFacts(sql, workspace, facts);
  await markWritten(
    sql,
    workspace,
    segments.flatMap((segment) => segment.refs),
    said,
  );
  await addHours(sql, workspace, segments);
  await countUnknown(sql, workspace, segments);
}

/** @returns the segments that were written: those given without what the log had already. */
async function writeSegmentsOf(sql: postgres.TransactionSql, batch: Batch): Promise<Segment[]> {
  const whole = (segments: readonly Segment[]) =>
    segments.map((segment) => withAllFacts(segment, batch.factsOf));
  const unique = withoutRepeated(batch.segments);
  // No index tells of these when others are written into a month.
  const others = (await hasMonthless(sql, batch.workspace))
    ? await withoutKnown(sql, batch.workspace, unique, "monthless")
    : unique;
  const seenKnown = batch.seenKnown || recordsOf(others) < recordsOf(unique);
  const once = seenKnown ? whole(others) : others;
  if (batch.likelyNew) {
    try {
      await sql.savepoint((inner) => writeNew(inner, batch, once));
      return once;
    } catch (error) {
      // Most often one of them was known. Anything else comes again below.
      if (!(error instanceof postgres.PostgresError)) throw error;
    }
  }
  const left = await withoutKnown(sql, batch.workspace, once, "months");
  const fresh = recordsOf(left) < recordsOf(once) ? whole(left) : left;
  if (fresh.length > 0) await writeNew(sql, batch, fresh);
  return fresh;
}

/**
 * Appends a batch and moves the ingest's counters with it, in the caller's transaction.
 * @throws whatever the database says; nothing of the transaction is kept then.
 */
export async function appendWithin(sql: postgres.TransactionSql, batch: Batch): Promise<Appended> {
  const all = batch.segments;
  await ensureMonths(sql, monthsOf(all));
  await lockSources(sql, batch.workspace, [...new Set(all.map((segment) => segment.source))]);
  const fresh = all.length === 0 ? [] : await writeSegmentsOf(sql, batch);
  await writeRejected(sql, batch);
  const accepted = recordsOf(fresh);
  const appended = { accepted, duplicates: recordsOf(all) - accepted, rejected: batch.rejected.length };
  await moveIngest(sql, batch, appended);
  return appended;
}

/** The same in a transaction of its own. */
export const appendBatch = (db: Db, batch: Batch): Promise<Appended> =>
  db.sql.begin((sql) => appendWithin(sql, batch));
