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

/** What of a segment is handed out record by record. */
interface Opened {
  raw: Buffer;
  /** By position; null where nobody asks. */
  encoded: string[] | null;
}

/** Raw bytes of segments, the few used last: neighbouring records lie in the same one. */
class RawSegments {
  private readonly cache = new Map<number, Opened>();
  constructor(
    private readonly sql: SqlSession,
    private readonly workspace: string,
    private readonly withEvents: boolean,
  ) {}

  private async open(segment: number): Promise<Opened> {
    const [found] = await this.sql<{ raw: Buffer; normal: Buffer; hashes: Buffer }[]>`
      select raw, normal, hashes from segments where workspace_id = ${this.workspace} and segment = ${segment}`;
    if (found === undefined) throw new Error(`Segment ${segment} of the log is missing.`);
    const encoded = this.withEvents ? openSegment(found).map((record) => record.encoded) : null;
    return { raw: unpackRaw(found.raw), encoded };
  }

  async record({
    segment,
    position,
    offset,
    length,
  }: {
    segment: number;
    position: number;
    offset: number;
    length: number;
  }): Promise<{ bytes: Buffer; encoded: string | null }> {
    let opened = this.cache.get(segment);
    if (opened === undefined) {
      opened = await this.open(segment);
      this.cache.set(segment, opened);
      // A segment holds some hundred kilobytes: 256 of them bound the memory and serve a stream in order of time.
      const oldest = this.cache.keys().next().value;
      if (this.cache.size > 256 && oldest !== undefined) this.cache.delete(oldest);
    }
    return {
      bytes: opened.raw.subarray(offset, offset + length),
      encoded: opened.encoded?.[position] ?? null,
    };
  }
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

/**
 * Records in order of time, then source and fingerprint, in batches. Their places are held in memory, not their bytes. One
 * that retention has removed comes with no event, so a filter that asks for some leaves it out.
 */
export async function* readRecords(
  db: Db,
  workspace: string,
  scope: LogScope,
  filter: RecordFilter = () => true,
  { withEvents = false }: { withEvents?: boolean } = {},
): AsyncGenerator<StoredRecord[]> {
  const { sql } = db;
  const found: (Omit<StoredRecord, "bytes" | "encoded"> & {
    segment: number;
    position: number;
    offset: number;
    length: number;
  })[] = [];
  const { from = -Infinity, to = Infinity } = scope;
  const segmentsIn = await sql<{ segment: number }[]>`
    select segment from segments where ${inScope(sql, workspace, scope)} order by segment`;
  for (let i = 0; i < segmentsIn.length; i += SEGMENTS_A_FETCH) {
    const numbers = segmentsIn.slice(i, i + SEGMENTS_A_FETCH).map(({ segment }) => segment);
    const rows = await sql<Omit<RawRow, "raw">[]>`
      select segment, source, format, normal, hashes from segments
      where workspace_id = ${workspace} and segment = any(${numbers}::int[]) order by segment`;
    const withheld = await withheldOf(sql, workspace, numbers);
    for (const row of rows) {
      const { source, format } = row;
      for (const record of openSegment(row)) {
        const { fingerprint, offset, length, position } = record;
        const kept = withheld.get(`${row.segment} ${position}`);
        const events = eventsOf({ ...record, source });
        const firstAt = events.reduce((at, event) => Math.min(at, event.at), kept?.firstAt ?? Infinity);
        if (firstAt < from || firstAt > to || !filter(events, record.refs)) continue;
        const sha256 = sha256At(row.hashes, position);
        found.push({
          source,
          format,
          fingerprint,
          sha256,
          withheld: reasonOf(kept),
          firstAt,
          events: events.length,
          segment: Number(row.segment),
          position,
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
  const segments = new RawSegments(sql, workspace, withEvents);
  for (let i = 0; i < found.length; i += 500) {
    const batch: StoredRecord[] = [];
    for (const { segment, position, offset, length, ...record } of found.slice(i, i + 500)) {
      const { bytes, encoded } = await segments.record({ segment, position, offset, length });
      batch.push({ ...record, bytes: record.withheld === null ? bytes : null, encoded });
    }
    yield batch;
  }
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
  const [row] = await db.sql<(RawRow & { position: number })[]>`
    select s.segment, s.source, s.format, s.raw, s.normal, s.hashes, r.position
    from records r join segments s using (workspace_id, segment)
    where r.workspace_id = ${workspace} and r.fingerprint = ${Buffer.from(fingerprint, "hex")}`;
  if (row === undefined) return null;
  for (const record of openSegment(row)) {
    if (record.position !== row.position) continue;
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
