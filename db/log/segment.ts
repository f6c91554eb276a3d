/**
 * A segment: some hundred records of one source, kept together because they compress together. It holds their raw bytes
 * end to end, the normal form of each on a line of its own, and of each the fingerprint by which it is known and the
 * hash of its bytes. Pure: made by whatever thread reads the records, opened by whoever reads the log.
 */
import { promisify } from "node:util";
import { brotliCompressSync, brotliDecompress, brotliDecompressSync, constants } from "node:zlib";
import type { LoggedEvent } from "../../lib/ingest/event.ts";
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import { decodeEvents, decodeTimes } from "./codec.ts";
import { monthOf } from "./month.ts";

/** The source of Rollcall's own records (governance.ts); no other may be called so. */
export const OWN_SOURCE = "rollcall";

/** One record on its way into the log. */
export interface NewRecord {
  source: string;
  format: string;
  /** By which the record is known, 20 bytes; and the SHA-256 of its bytes. */
  fingerprint: Uint8Array;
  sha256: Uint8Array;
  bytes: Uint8Array;
  /** The events as `encodeEvents` writes them. */
  encoded: string;
  /** Time of each event, and the ref under which it is gathered; null where no rule reads it. */
  times: readonly number[];
  refs: readonly (string | null)[];
  facts: readonly LinkFact[];
  /** The source's name of what happened, where its adapter's table has no answer for it. */
  unknownType: string | null;
}

export interface HourCount {
  /** First moment of the hour. */
  hour: number;
  /** Records whose first event lies in it, and events. */
  records: number;
  events: number;
  firstAt: number;
  lastAt: number;
}

/** A segment ready to be stored, with what has to be known of it without opening it. Made of values that threads can hand over. */
export interface Segment {
  source: string;
  format: string;
  records: number;
  /** Times of its first and of its last event. */
  firstAt: number;
  lastAt: number;
  raw: Uint8Array;
  normal: Uint8Array;
  /** For each record its fingerprint, then the hash of its bytes. */
  hashes: Uint8Array;
  /** The distinct refs of its events. */
  refs: string[];
  facts: LinkFact[];
  hours: HourCount[];
  /** Records by event types that no table answers for. */
  unknownTypes: Record<string, number>;
}

export const FINGERPRINT_BYTES = 20;
const SHA256_BYTES = 32;
/** What `hashes` holds of one record. */
export const PAIR_BYTES = FINGERPRINT_BYTES + SHA256_BYTES;
const HOUR = 3_600_000;

/**
 * Brotli at quality 1, measured on logs: twice as fast as gzip's fastest and a fifth smaller, and every Node has it. The
 * next qualities save a twentieth for three times the time.
 */
const pack = (bytes: Uint8Array): Uint8Array =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 1,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const hourOf = (at: number): number => Math.floor(at / HOUR) * HOUR;

/** Where bytes are put end to end before they are packed: used again and again, as new memory of this size is dear. */
let scratch = Buffer.allocUnsafeSlow(1024 * 1024);

function packParts(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (scratch.length < length) scratch = Buffer.allocUnsafeSlow(2 * length);
  let at = 0;
  for (const part of parts) {
    scratch.set(part, at);
    at += part.length;
  }
  return pack(scratch.subarray(0, length));
}

function packText(text: string): Uint8Array {
  // A character of JavaScript takes three bytes at most.
  if (scratch.length < text.length * 3) scratch = Buffer.allocUnsafeSlow(text.length * 3);
  return pack(scratch.subarray(0, scratch.write(text)));
}

/** The first time of its events is a record's own. */
export const firstOf = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b));

/**
 * What the records add to the counts of hours; a record counts once, in the hour of its first event.
 * @param records the times of each one's events.
 * @param scope what lies outside is not counted.
 */
export function countHours(
  records: Iterable<readonly number[]>,
  { from = -Infinity, to = Infinity }: { from?: number | undefined; to?: number | undefined } = {},
): HourCount[] {
  const counts = new Map<number, HourCount>();
  for (const times of records) {
    // Of a record that retention has removed nothing is left to count.
    if (times.length === 0) continue;
    for (const at of times) {
      if (at < from || at > to) continue;
      const hour = hourOf(at);
      const count = counts.get(hour);
      if (count === undefined) counts.set(hour, { hour, records: 0, events: 1, firstAt: at, lastAt: at });
      else {
        count.events += 1;
        count.firstAt = Math.min(count.firstAt, at);
        count.lastAt = Math.max(count.lastAt, at);
      }
    }
    const begun = counts.get(hourOf(firstOf(times)));
    if (begun !== undefined && firstOf(times) >= from && firstOf(times) <= to) begun.records += 1;
  }
  return [...counts.values()];
}

/** A hostile file may name any number of types, of any length: beyond these they are counted together, and cut. */
const MAX_TYPES = 50;
const MAX_TYPE_LENGTH = 200;

function countTypes(records: readonly NewRecord[]): Record<string, number> {
  const counts: Record<string, number> = Object.create(null);
  for (const { unknownType } of records) {
    if (unknownType === null) continue;
    const type = unknownType.slice(0, MAX_TYPE_LENGTH);
    const name = type in counts || Object.keys(counts).length < MAX_TYPES ? type : "…";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** What a segment holds of one record beside its hashes. */
export interface SegmentLine {
  bytes: Uint8Array;
  refs: readonly (string | null)[];
  /** The events as `encodeEvents` writes them. */
  encoded: string;
}

/** The parts of a segment that its records' lines make, in their order; the same lines always make the same bytes. */
export function packLines(lines: readonly SegmentLine[]): Pick<Segment, "raw" | "normal" | "refs"> {
  const refs = new Set<string>();
  const texts = lines.map((line) => {
    for (const ref of line.refs) if (ref !== null) refs.add(ref);
    return `${line.bytes.length}\t${JSON.stringify(line.refs)}\t${line.encoded}\n`;
  });
  return {
    raw: packParts(lines.map(({ bytes }) => bytes)),
    normal: packText(texts.join("")),
    refs: [...refs],
  };
}

/** @param records of one source, format and month, at least one, in the order in which they came. */
export function packSegment(records: readonly NewRecord[]): Segment {
  const [head] = records;
  if (head === undefined) throw new Error("A segment holds at least one record.");
  const hashes = new Uint8Array(records.length * PAIR_BYTES);
  let firstAt = Infinity;
  let lastAt = -Infinity;
  records.forEach((record, position) => {
    hashes.set(record.fingerprint, position * PAIR_BYTES);
    hashes.set(record.sha256, position * PAIR_BYTES + FINGERPRINT_BYTES);
    for (const at of record.times) {
      firstAt = Math.min(firstAt, at);
      lastAt = Math.max(lastAt, at);
    }
  });
  return {
    ...packLines(records),
    source: head.source,
    format: head.format,
    records: records.length,
    firstAt,
    lastAt,
    hashes,
    facts: records.flatMap((record) => record.facts),
    hours: countHours(records.map((record) => record.times)),
    unknownTypes: countTypes(records),
  };
}

/**
 * Records in as many segments as their months take.
 * @param records of one source and format, in the order in which they came, which stays.
 * @param most records in one segment.
 */
export function packSegments(records: readonly NewRecord[], most: number): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  const monthAt = (place: number) => monthOf(firstOf((records[place] as NewRecord).times));
  for (let to = 1; to <= records.length; to++) {
    if (to < records.length && to - from < most && monthAt(to) === monthAt(from)) continue;
    segments.push(packSegment(records.slice(from, to)));
    from = to;
  }
  return segments;
}

/** One record as a segment holds it, without its raw bytes. */
export interface SegmentRecord {
  position: number;
  /** Hex. */
  fingerprint: string;
  /** Where its bytes lie in the raw ones. */
  offset: number;
  length: number;
  refs: readonly (string | null)[];
  /** The events, as `decodeEvents` reads them. */
  encoded: string;
}

/** Hex fingerprint of the record at a position. */
export function fingerprintAt(hashes: Uint8Array, position: number): string {
  const start = hashes.byteOffset + position * PAIR_BYTES;
  return Buffer.from(hashes.buffer, start, FINGERPRINT_BYTES).toString("hex");
}

/** Hex SHA-256 of the bytes of the record at a position. */
export function sha256At(hashes: Uint8Array, position: number): string {
  const start = hashes.byteOffset + position * PAIR_BYTES + FINGERPRINT_BYTES;
  return Buffer.from(hashes.buffer, start, SHA256_BYTES).toString("hex");
}

/**
 * Calls with each record of a segment in its order. Not a generator, and without what most callers do not ask for: it runs
 * for every record whenever much of the log is read.
 */
export function eachRecord(normal: Uint8Array, take: TakeRecord): void {
  eachLine(brotliDecompressSync(normal).toString("utf8"), take);
}

type TakeRecord = (
  position: number,
  length: number,
  refs: readonly (string | null)[],
  encoded: string,
) => void;

/** The same of a segment's normal forms that are unpacked already. */
export function eachLine(text: string, take: TakeRecord): void {
  // Most refs come again and again within a segment.
  const known = new Map<string, (string | null)[]>();
  let position = 0;
  for (let start = 0; start < text.length; position++) {
    const lengthEnd = text.indexOf("\t", start);
    const refsEnd = text.indexOf("\t", lengthEnd + 1);
    const end = text.indexOf("\n", refsEnd + 1);
    const written = text.slice(lengthEnd + 1, refsEnd);
    let refs = known.get(written);
    if (refs === undefined) {
      refs = JSON.parse(written) as (string | null)[];
      known.set(written, refs);
    }
    take(position, Number(text.slice(start, lengthEnd)), refs, text.slice(refsEnd + 1, end));
    start = end + 1;
  }
}

/** The records of a segment in their order. */
export function openSegment({ normal, hashes }: Pick<Segment, "normal" | "hashes">): SegmentRecord[] {
  const records: SegmentRecord[] = [];
  let offset = 0;
  eachRecord(normal, (position, length, refs, encoded) => {
    records.push({ position, fingerprint: fingerprintAt(hashes, position), offset, length, refs, encoded });
    offset += length;
  });
  return records;
}

/** The raw bytes of a segment's records, end to end. */
export const unpackRaw = (raw: Uint8Array): Buffer => brotliDecompressSync(raw);

const unpackAside = promisify(brotliDecompress);
/**
 * Raw bytes or normal forms, unpacked in another thread: for who reads many segments one after another.
 * @param likely how many bytes they are likely to come to; more take longer.
 */
export const unpackInThread = (packed: Uint8Array, likely: number): Promise<Buffer> =>
  unpackAside(packed, { chunkSize: likely });

/** The type of a record that the segment counts as unknown. */
function unknownTypeOf({ unknownTypes }: Segment, encoded: string): string | null {
  if (Object.keys(unknownTypes).length === 0) return null;
  const type = decodeEvents(encoded, "", "")[0]?.nativeType.slice(0, MAX_TYPE_LENGTH) ?? "";
  return type in unknownTypes ? type : null;
}

/** What an event says of who is who: `linkFactsOf` (lib/lifecycle/refs.ts). */
export type FactsOf = (event: LoggedEvent, source: string) => LinkFact[];

/**
 * The segment with all that its records say of who is who. Else it has what was not said before it: which is not enough
 * where those who said it are known, for what they said may be withheld by now.
 */
export function withAllFacts(segment: Segment, factsOf: FactsOf): Segment {
  const facts: LinkFact[] = [];
  eachRecord(segment.normal, (_position, _length, _refs, encoded) => {
    for (const event of decodeEvents(encoded, "", segment.source))
      facts.push(...factsOf(event, segment.source));
  });
  return { ...segment, facts };
}

/** The segment without some of its records; null when none is left. `facts` stay as they are. */
export function withoutRecords(segment: Segment, dropped: ReadonlySet<number>): Segment | null {
  if (dropped.size === 0) return segment;
  const raw = unpackRaw(segment.raw);
  const kept: NewRecord[] = [];
  for (const record of openSegment(segment)) {
    if (dropped.has(record.position)) continue;
    const start = record.position * PAIR_BYTES;
    kept.push({
      source: segment.source,
      format: segment.format,
      fingerprint: segment.hashes.subarray(start, start + FINGERPRINT_BYTES),
      sha256: segment.hashes.subarray(start + FINGERPRINT_BYTES, start + PAIR_BYTES),
      bytes: raw.subarray(record.offset, record.offset + record.length),
      encoded: record.encoded,
      times: decodeTimes(record.encoded),
      refs: record.refs,
      facts: [],
      unknownType: unknownTypeOf(segment, record.encoded),
    });
  }
  return kept.length === 0 ? null : { ...packSegment(kept), facts: segment.facts };
}

/** A ref as the index of segments knows it: 32 bits (FNV-1a), signed. What is found by it is looked at for the ref itself. */
export function refHash(ref: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < ref.length; i++) hash = Math.imul(hash ^ ref.charCodeAt(i), 0x01000193);
  return hash | 0;
}
