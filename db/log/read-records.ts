/** Reading records byte for byte, each with what it was read as. */
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { Db, SqlSession } from "../client.ts";
import { decodeTimes } from "./codec.ts";
import type { Leaf } from "./leaf.ts";
import { eventsOf, inScope, isWithin, type LogScope, type NormalRow } from "./read.ts";
import {
  eachLine,
  FINGERPRINT_BYTES,
  openSegment,
  PAIR_BYTES,
  sha256At,
  unpackInThread,
  unpackRaw,
} from "./segment.ts";

/** One record as it lies in the log. */
export interface StoredRecord {
  source: string;
  format: string;
  fingerprint: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  /** Its place in the log's tree; null while it has none. */
  leaf: number | null;
  /** Null where they are withheld, or were not asked for. */
  bytes: Buffer | null;
  /** Why; null where they are not. */
  withheld: Withheld | null;
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

/** Whether the raw bytes of each segment will be wanted, of some, or of none. */
type RawWanted = "all" | "some" | "none";

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

/** What the raw bytes and the normal forms of a segment come to, but for few (lib/ingest/packer.ts says how large one grows). */
const RAW_BYTES = 576 * 1024;
const NORMAL_BYTES = 128 * 1024;

/** A segment with all that its records are read from. */
interface Opened {
  segment: string;
  source: string;
  format: string;
  /** Unpacked; the raw bytes are not before they are asked for where only some are wanted. */
  text: string;
  raw(): Buffer | null;
  hashes: Uint8Array;
  firstLeaf: number | null;
  /** No event of it lies outside of the scope. */
  within: boolean;
}

interface OpenedSome {
  segments: Opened[];
  /** What is withheld of them, by segment and position with a space between. */
  withheld: ReadonlyMap<string, WithheldRow>;
}

/** Some segments in the log's order. */
async function openSome(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
  numbers: readonly number[],
  wanted: RawWanted,
): Promise<OpenedSome> {
  type Row = Omit<RawRow, "raw"> & { raw: Buffer | null; firstLeaf: string | null; within: boolean };
  const rows = await sql<Row[]>`
    select segment, source, format, ${wanted === "none" ? sql`null` : sql`raw`} as raw, normal, hashes, first_leaf as "firstLeaf", ${isWithin(sql, scope)} as within
    from segments left join segment_leaves using (workspace_id, segment)
    where workspace_id = ${workspace} and segment = any(${[...numbers]}::int[])
    order by first_leaf nulls last, segment`;
  const open = async ({ raw, normal, firstLeaf, ...row }: Row): Promise<Opened> => {
    const [text, bytes] = await Promise.all([
      unpackInThread(normal, NORMAL_BYTES),
      wanted === "all" && raw !== null ? unpackInThread(raw, RAW_BYTES) : null,
    ]);
    let unpacked = bytes;
    return {
      ...row,
      text: text.toString("utf8"),
      raw: () => (unpacked ??= raw === null ? null : unpackRaw(raw)),
      firstLeaf: firstLeaf === null ? null : Number(firstLeaf),
    };
  };
  const [segments, withheld] = await Promise.all([
    Promise.all(rows.map(open)),
    withheldOf(sql, workspace, numbers),
  ]);
  return { segments, withheld };
}

/** The records of one segment that are wanted, in their order. */
function recordsOf(
  { segment, source, format, text, raw, hashes, firstLeaf, within }: Opened,
  withheld: OpenedSome["withheld"],
  { from = -Infinity, to = Infinity }: LogScope,
  filter: RecordFilter | undefined,
  withEvents: boolean,
): StoredRecord[] {
  const records: StoredRecord[] = [];
  // One text for all: who keeps a record's hash keeps those of its segment.
  const hex = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length).toString("hex");
  let end = 0;
  eachLine(text, (position, length, refs, encoded) => {
    const offset = end;
    end += length;
    const start = position * PAIR_BYTES * 2;
    const fingerprint = hex.slice(start, start + FINGERPRINT_BYTES * 2);
    const kept = withheld.size === 0 ? undefined : withheld.get(`${segment} ${position}`);
    // Of most records nobody has to look at the events: each has its ref, and by these they are counted.
    if (!within || kept !== undefined) {
      const firstAt = decodeTimes(encoded).reduce(
        (at, time) => Math.min(at, time),
        kept?.firstAt ?? Infinity,
      );
      if (firstAt < from || firstAt > to) return;
    }
    if (filter !== undefined && !filter(eventsOf({ source, fingerprint, encoded }), refs)) return;
    records.push({
      source,
      format,
      fingerprint,
      sha256: hex.slice(start + FINGERPRINT_BYTES * 2, start + PAIR_BYTES * 2),
      leaf: firstLeaf === null ? null : firstLeaf + position,
      bytes: kept === undefined ? (raw()?.subarray(offset, end) ?? null) : null,
      withheld: reasonOf(kept),
      events: refs.length,
      encoded: withEvents ? encoded : null,
    });
  });
  return records;
}

/** Nobody waits for it any more, should it fail. */
const unheard = () => {};

/**
 * The records of a scope in the log's order, a segment's at a time; while these are gone through, the next segments are on
 * their way. One that retention has removed comes with no event, so a filter that asks for some leaves it out.
 */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
  filter?: RecordFilter,
  { withEvents = false, withBytes = true }: { withEvents?: boolean; withBytes?: boolean } = {},
): AsyncGenerator<StoredRecord[]> {
  const { sql } = db;
  const wanted = withBytes ? (filter === undefined ? "all" : "some") : "none";
  const inOrder = await sql<{ segment: number }[]>`
    select segment from segments left join segment_leaves using (workspace_id, segment)
    where ${inScope(sql, workspace, scope)} order by first_leaf nulls last, segment`;
  const numbers = inOrder.map(({ segment }) => segment);
  const openFrom = (place: number): Promise<OpenedSome> | null => {
    if (place >= numbers.length) return null;
    const some = numbers.slice(place, place + RAW_A_FETCH);
    const opened = openSome(sql, workspace, scope, some, wanted);
    opened.catch(unheard);
    return opened;
  };
  let next = openFrom(0);
  try {
    for (let place = RAW_A_FETCH; next !== null; place += RAW_A_FETCH) {
      const { segments, withheld } = await next;
      next = openFrom(place);
      for (const segment of segments) {
        const records = recordsOf(segment, withheld, scope, filter, withEvents);
        if (records.length > 0) yield records;
      }
    }
  } finally {
    // Who stops early leaves no query behind.
    await next?.catch(unheard);
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
