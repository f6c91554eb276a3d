/** Reading records byte for byte, each with what it was read as. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { Db, SqlSession } from "../client.ts";
import { eventsOf, inScope, type LogScope, type NormalRow, SEGMENTS_A_FETCH } from "./read.ts";
import { openSegment, sha256At, unpackRaw } from "./segment.ts";

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
    where ${inScope(sql, workspace, scope)}`.cursor(SEGMENTS_A_FETCH);
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
