/** Reading records byte for byte, each with what it was read as. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { Db, SqlSession } from "../client.ts";
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
  /** Null where they are withheld. */
  bytes: Buffer | null;
  /** Why; null where they are not. */
  withheld: Withheld | null;
  /** Time of its first event, milliseconds. */
  firstAt: number;
  /** Number of its events. */
  events: number;
  /** Them, as `encodeEvents` writes them; null where they were not asked for. */
  encoded: string | null;
}

/** Why nobody gets to see the bytes of a record. */
export interface Withheld {
  /** A person whom it concerns is sealed, or erased; or its source's records are kept no longer. */
  why: "sealed" | "erased" | "retention";
  /** Since when, milliseconds. */
  at: number;
}

interface RawRow extends NormalRow {
  format: string;
  raw: Buffer;
}

interface WithheldRow extends Withheld {
  firstAt: number | null;
  events: number | null;
}

/** What is withheld of some segments, by segment and position with a space between. */
async function withheldOf(
  sql: SqlSession,
  workspace: string,
  segments: readonly number[],
): Promise<Map<string, WithheldRow>> {
  // A customer's connection does not see who is sealed or erased: to it both are sealed.
  const rows = await sql<
    {
      segment: number;
      position: number;
      why: Withheld["why"];
      at: string;
      first: string | null;
      events: number | null;
    }[]
  >`
    select segment, position, case when cause = 'retention' then cause else coalesce(p.state, 'sealed') end why,
      w.at::text at, w.first_at::text "first", w.events
    from withheld_records w left join sealed_people p on p.workspace_id = w.workspace_id and p.person::text = w.cause
    where w.workspace_id = ${workspace} and segment = any(${[...segments]}::int[])
    order by cause = 'retention', why desc`;
  return new Map(
    // Of several the last one holds: that it was removed, else that it is erased.
    rows.map(({ segment, position, why, at, first, events }) => [
      `${segment} ${position}`,
      { why, at: Date.parse(at), firstAt: first === null ? null : Date.parse(first), events },
    ]),
  );
}

const reasonOf = (row: WithheldRow | undefined): Withheld | null =>
  row === undefined ? null : { why: row.why, at: row.at };

/** What to leave out of the records of a scope. */
export type RecordFilter = (events: readonly LoggedEvent[], refs: readonly (string | null)[]) => boolean;

/** Segments fetched at once, raw bytes and all: a megabyte or so, packed. */
const RAW_A_FETCH = 16;

/**
 * The records of a scope in the log's order, a segment's at a time. One that retention has removed comes with no event, so a
 * filter that asks for some leaves it out.
 */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
  filter: RecordFilter = () => true,
  { withEvents = false }: { withEvents?: boolean } = {},
): AsyncGenerator<StoredRecord[]> {
  const { sql } = db;
  const { from = -Infinity, to = Infinity } = scope;
  const inOrder = await sql<{ segment: number }[]>`
    select segment from segments left join segment_leaves using (workspace_id, segment)
    where ${inScope(sql, workspace, scope)} order by first_leaf nulls last, segment`;
  for (let i = 0; i < inOrder.length; i += RAW_A_FETCH) {
    const numbers = inOrder.slice(i, i + RAW_A_FETCH).map(({ segment }) => segment);
    const rows = await sql<(RawRow & { firstLeaf: string | null })[]>`
      select segment, source, format, raw, normal, hashes, first_leaf as "firstLeaf"
      from segments left join segment_leaves using (workspace_id, segment)
      where workspace_id = ${workspace} and segment = any(${numbers}::int[])
      order by first_leaf nulls last, segment`;
    const withheld = await withheldOf(sql, workspace, numbers);
    for (const row of rows) {
      const { source, format, firstLeaf } = row;
      const records: StoredRecord[] = [];
      let raw: Buffer | null = null;
      for (const record of openSegment(row)) {
        const { fingerprint, offset, length, position } = record;
        const kept = withheld.get(`${row.segment} ${position}`);
        const events = eventsOf({ ...record, source });
        const firstAt = events.reduce((at, event) => Math.min(at, event.at), kept?.firstAt ?? Infinity);
        if (firstAt < from || firstAt > to || !filter(events, record.refs)) continue;
        raw ??= unpackRaw(row.raw);
        records.push({
          source,
          format,
          fingerprint,
          sha256: sha256At(row.hashes, position),
          leaf: firstLeaf === null ? null : Number(firstLeaf) + position,
          bytes: kept === undefined ? raw.subarray(offset, offset + length) : null,
          withheld: reasonOf(kept),
          firstAt,
          events: events.length,
          encoded: withEvents ? record.encoded : null,
        });
      }
      if (records.length > 0) yield records;
    }
  }
}

/** Where a record lies. */
interface Place {
  segment: number;
  /** As PostgreSQL writes it. */
  month: string;
  position: number;
}

/** Asked apart from the segment: of a join PostgreSQL plans for a record in each month, and would rather read all segments. */
async function placeOf(sql: SqlSession, workspace: string, fingerprint: string): Promise<Place | null> {
  const [place] = await sql<Place[]>`
    select segment, month::text as month, position from records
    where workspace_id = ${workspace} and fingerprint = ${Buffer.from(fingerprint, "hex")}`;
  return place ?? null;
}

/** One event by its id, with the record behind it; null when there is none. */
export async function readEvent(
  db: Db,
  workspace: string,
  id: string,
): Promise<
  ({ event: LoggedEvent; ref: string | null } & Pick<StoredRecord, "bytes" | "withheld" | "sha256">) | null
> {
  const [fingerprint = "", ordinal = ""] = id.split(":");
  if (!/^[0-9a-f]{40}$/u.test(fingerprint) || !/^\d{1,4}$/u.test(ordinal)) return null;
  const place = await placeOf(db.sql, workspace, fingerprint);
  if (place === null) return null;
  const [row] = await db.sql<RawRow[]>`
    select segment, source, format, raw, normal, hashes from segments
    where workspace_id = ${workspace} and segment = ${place.segment} and month = ${place.month}::date`;
  if (row === undefined) return null;
  for (const record of openSegment(row)) {
    if (record.position !== place.position) continue;
    const event = eventsOf({ ...record, source: row.source })[Number(ordinal)];
    if (event === undefined) return null;
    const withheld = reasonOf(
      (await withheldOf(db.sql, workspace, [Number(row.segment)])).get(`${row.segment} ${record.position}`),
    );
    return {
      event,
      ref: record.refs[Number(ordinal)] ?? null,
      bytes:
        withheld === null ? unpackRaw(row.raw).subarray(record.offset, record.offset + record.length) : null,
      withheld,
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
  const place = await placeOf(db.sql, workspace, fingerprint);
  if (place === null) return null;
  const [row] = await db.sql<{ source: string; format: string; hashes: Buffer; first: string | null }[]>`
    select source, format, hashes, first_leaf as first
    from segments left join segment_leaves using (workspace_id, segment)
    where workspace_id = ${workspace} and segment = ${place.segment} and month = ${place.month}::date`;
  if (row === undefined) return null;
  const { position } = place;
  const { source, format, hashes, first } = row;
  const leaf = first === null ? null : Number(first) + position;
  return { source, format, fingerprint, sha256: sha256At(hashes, position), leaf };
}
