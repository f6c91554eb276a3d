/**
 * The one place that changes what lies in the log: bytes and normal forms that are withheld. Hashes, fingerprints, the number
 * and the order of records stay as they are. Only the database's owner may: the application's role can but add (db/access.ts).
 */
import type postgres from "postgres";
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { forgetSubjectRecords } from "../queries/subject-records.ts";
import { eachRecord, packLines, refHash, type SegmentLine, unpackRaw } from "./segment.ts";

/** The cause of what was removed since its source's records are kept no longer. */
export const RETENTION = "retention";

/** Segments fetched at once: some dozen megabytes once they are opened. */
const SEGMENTS_A_FETCH = 16;
/** Rows sent to the database at once. */
const ROWS_A_WRITE = 5_000;

/** A segment with all that it holds. */
export interface WholeSegment {
  segment: number;
  source: string;
  format: string;
  lines: SegmentLine[];
  hashes: Buffer;
}

interface Row {
  segment: number;
  source: string;
  format: string;
  raw: Buffer;
  normal: Buffer;
  hashes: Buffer;
}

function opened({ segment, source, format, raw, normal, hashes }: Row): WholeSegment {
  const bytes = unpackRaw(raw);
  const lines: SegmentLine[] = [];
  let offset = 0;
  eachRecord(normal, (_position, length, refs, encoded) => {
    lines.push({ bytes: bytes.subarray(offset, offset + length), refs, encoded });
    offset += length;
  });
  return { segment, source, format, lines, hashes };
}

/**
 * Segments with their bytes, in their order. Between two of them the connection is free for other statements.
 * @param numbers of these alone; null: all.
 */
export async function* readWholeSegments(
  sql: SqlSession,
  workspace: string,
  numbers: Iterable<number> | null = null,
): AsyncGenerator<WholeSegment> {
  const wanted =
    numbers === null
      ? (
          await sql<
            { segment: number }[]
          >`select segment from segments where workspace_id = ${workspace} order by segment`
        ).map(({ segment }) => segment)
      : [...numbers].sort((a, b) => a - b);
  for (let i = 0; i < wanted.length; i += SEGMENTS_A_FETCH) {
    const rows = await sql<Row[]>`
      select segment, source, format, raw, normal, hashes from segments
      where workspace_id = ${workspace} and segment = any(${wanted.slice(i, i + SEGMENTS_A_FETCH)}::int[])
      order by segment`;
    for (const row of rows) yield opened(row);
  }
}

/** Puts lines in place of a segment's, as many as it has. */
export async function rewriteSegment(
  sql: postgres.TransactionSql,
  workspace: string,
  segment: number,
  lines: readonly SegmentLine[],
): Promise<void> {
  const { raw, normal, refs } = packLines(lines);
  const changed = await sql`
    update segments set raw = ${raw}, normal = ${normal}, refs = ${`{${refs.map(refHash).join()}}`}::text::int[]
    where workspace_id = ${workspace} and segment = ${segment} and records = ${lines.length}`;
  // Copies of what it held before are none any more.
  await forgetSubjectRecords(sql, workspace);
  if (changed.count !== 1)
    throw new Error(`Segment ${segment} of the log is not the one that was read, so it was left as it is.`);
}

/** A record that is withheld. */
export interface NewWithheld {
  segment: number;
  position: number;
  /** Of a record that was removed. */
  firstAt?: number | null;
  events?: number | null;
}

/** Notes which records are withheld now. @param cause the sealed person's id, or `retention`. */
export async function addWithheld(
  sql: SqlSession,
  workspace: string,
  cause: string,
  at: number,
  records: readonly NewWithheld[],
): Promise<void> {
  const rows = records.map(({ segment, position, firstAt = null, events = null }) => ({
    segment,
    position,
    first_at: firstAt === null ? null : new Date(firstAt),
    events,
  }));
  for (let i = 0; i < rows.length; i += ROWS_A_WRITE) {
    await sql`
      insert into withheld_records (workspace_id, segment, position, cause, at, first_at, events)
      select ${workspace}, r.segment, r.position, ${cause}, ${new Date(at).toISOString()}::timestamptz, r.first_at, r.events
      from jsonb_to_recordset(${json(sql, rows.slice(i, i + ROWS_A_WRITE))}) as
        r(segment int, position smallint, first_at timestamptz, events int)`;
  }
}

/** Where the records lie that are withheld on one account, by segment. */
export async function withheldFor(
  sql: SqlSession,
  workspace: string,
  cause: string,
): Promise<Map<number, Set<number>>> {
  const rows = await sql<{ segment: number; position: number }[]>`
    select segment, position from withheld_records where workspace_id = ${workspace} and cause = ${cause}`;
  const found = new Map<number, Set<number>>();
  for (const { segment, position } of rows) {
    const own = found.get(segment);
    if (own === undefined) found.set(segment, new Set([position]));
    else own.add(position);
  }
  return found;
}

/** Forgets that records were withheld on one account. */
export async function removeWithheld(sql: SqlSession, workspace: string, cause: string): Promise<void> {
  await sql`delete from withheld_records where workspace_id = ${workspace} and cause = ${cause}`;
}

/** On whose account a record is withheld. */
export interface WithheldHere {
  /** The sealed people. */
  causes: string[];
  /** Retention has removed it. */
  removed: boolean;
}

/** What is withheld of some segments, by segment and position with a space between. */
export async function readWithheld(
  sql: SqlSession,
  workspace: string,
  segments: readonly number[],
): Promise<Map<string, WithheldHere>> {
  const rows = await sql<{ segment: number; position: number; cause: string }[]>`
    select segment, position, cause from withheld_records
    where workspace_id = ${workspace} and segment = any(${[...segments]}::int[]) order by segment, position, cause`;
  const found = new Map<string, WithheldHere>();
  for (const { segment, position, cause } of rows) {
    const key = `${segment} ${position}`;
    const known = found.get(key) ?? { causes: [], removed: false };
    if (cause === RETENTION) known.removed = true;
    else known.causes.push(cause);
    found.set(key, known);
  }
  return found;
}
