/** Reading records byte for byte, each with what it was read as. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { Db } from "../client.ts";
import type { Leaf } from "./leaf.ts";
import { eventsOf, inScope, type LogScope, type NormalRow } from "./read.ts";
import { openSegment, sha256At, unpackRaw } from "./segment.ts";

/** One record as it lies in the log. */
export interface StoredRecord {
  source: string;
  format: string;
  fingerprint: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  /** Its place in the log's tree; null while it has none. */
  leaf: number | null;
  bytes: Buffer;
  /** Number of its events. */
  events: number;
}

interface RawRow extends NormalRow {
  format: string;
  raw: Buffer;
}

/** What to leave out of the records of a scope. */
export type RecordFilter = (events: readonly LoggedEvent[], refs: readonly (string | null)[]) => boolean;

/** Segments fetched at once, raw bytes and all: a megabyte or so, packed. */
const RAW_A_FETCH = 16;

/** The records of a scope in the log's order, a segment's at a time. */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
  filter: RecordFilter = () => true,
): AsyncGenerator<StoredRecord[]> {
  const { sql } = db;
  const { from = -Infinity, to = Infinity } = scope;
  const cursor = sql<(RawRow & { firstLeaf: string | null })[]>`
    select segment, source, format, raw, normal, hashes, first_leaf as "firstLeaf"
    from segments left join segment_leaves using (workspace_id, segment)
    where ${inScope(sql, workspace, scope)}
    order by first_leaf nulls last, segment`.cursor(RAW_A_FETCH);
  for await (const rows of cursor) {
    for (const row of rows) {
      const { source, format, firstLeaf } = row;
      const records: StoredRecord[] = [];
      let raw: Buffer | null = null;
      for (const record of openSegment(row)) {
        const events = eventsOf({ ...record, source });
        const firstAt = events.reduce((at, event) => Math.min(at, event.at), Infinity);
        if (firstAt < from || firstAt > to || !filter(events, record.refs)) continue;
        const { fingerprint, offset, length, position } = record;
        raw ??= unpackRaw(row.raw);
        records.push({
          source,
          format,
          fingerprint,
          sha256: sha256At(row.hashes, position),
          leaf: firstLeaf === null ? null : Number(firstLeaf) + position,
          bytes: raw.subarray(offset, offset + length),
          events: events.length,
        });
      }
      if (records.length > 0) yield records;
    }
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

/** What the log's tree says of a record, by its fingerprint in hex; null when there is none. Its place is null while it has none. */
export async function readLeaf(
  db: Db,
  workspace: string,
  fingerprint: string,
): Promise<(Leaf & { leaf: number | null }) | null> {
  if (!/^[0-9a-f]{40}$/u.test(fingerprint)) return null;
  const [row] = await db.sql<
    { source: string; format: string; hashes: Buffer; position: number; first: string | null }[]
  >`
    select s.source, s.format, s.hashes, r.position, l.first_leaf as first
    from records r join segments s using (workspace_id, segment) left join segment_leaves l using (workspace_id, segment)
    where r.workspace_id = ${workspace} and r.fingerprint = ${Buffer.from(fingerprint, "hex")}`;
  if (row === undefined) return null;
  const { source, format, hashes, position, first } = row;
  const leaf = first === null ? null : Number(first) + position;
  return { source, format, fingerprint, sha256: sha256At(hashes, position), leaf };
}
