/** Segments and the index of their records: what is new of them, and where it lies. */
import type { SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";
import { monthOf, monthsOf } from "./month.ts";
import { numbers } from "./numbers.ts";
import { FINGERPRINT_BYTES, PAIR_BYTES, refHash, type Segment, withoutRecords } from "./segment.ts";

const without = (segments: readonly Segment[], dropped: readonly Set<number>[]): Segment[] =>
  segments
    .map((segment, i) => withoutRecords(segment, dropped[i] as Set<number>))
    .filter((segment) => segment !== null);

/** Leaves out the records that come twice in the segments, the later ones. */
export function withoutRepeated(segments: readonly Segment[]): Segment[] {
  const seen = new Set<string>();
  const dropped = segments.map(({ records, hashes }) => {
    const again = new Set<number>();
    const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length);
    for (let position = 0; position < records; position++) {
      const start = position * PAIR_BYTES;
      const size = seen.size;
      if (seen.add(bytes.toString("latin1", start, start + FINGERPRINT_BYTES)).size === size)
        again.add(position);
    }
    return again;
  });
  return without(segments, dropped);
}

/** Whether the log has records that stand in no month of their own. */
export async function hasMonthless(sql: SqlSession, workspace: string): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`
    select exists(select from records where workspace_id = ${workspace} and month = '-infinity') has`;
  return row?.has === true;
}

/**
 * Leaves out the records that the log has already.
 * @param where looks among those of a record's own month, or among those that stand in no month of their own.
 */
export async function withoutKnown(
  sql: SqlSession,
  workspace: string,
  segments: readonly Segment[],
  where: "months" | "monthless",
): Promise<Segment[]> {
  const dropped = segments.map(() => new Set<number>());
  const months = where === "months" ? monthsOf(segments) : segments.map(() => null);
  for (const month of new Set(months)) {
    const places = months.flatMap((own, place) => (own === month ? [place] : []));
    const asked = places.map((place) => segments[place] as Segment);
    for (const { place, position } of await findKnown(sql, workspace, asked, month))
      dropped[places[place] as number]?.add(position);
  }
  return without(segments, dropped);
}

/**
 * Which records of the segments the log has in one month. Named in the question, the month is the only one that PostgreSQL looks at;
 * were it a column of the question's own rows, it would plan for all of them, which takes longer than the answer.
 * @param month null: those that stand in no month of their own.
 * @returns the place of a segment, and the position of a record in it.
 */
function findKnown(
  sql: SqlSession,
  workspace: string,
  segments: readonly Segment[],
  month: number | null,
): Promise<{ place: number; position: number }[]> {
  const counts = segments.map((segment) => segment.records);
  let sum = 0;
  const starts = counts.map((count) => {
    const start = sum;
    sum += count;
    return start;
  });
  const hashes = Buffer.concat(segments.map((segment) => segment.hashes));
  const at = month === null ? sql`date '-infinity'` : sql`date '2000-01-01' + ${month}::int`;
  // The offset keeps each record's lookup one by the index: PostgreSQL takes them for more than there are, and would read the month.
  return sql<{ place: number; position: number }[]>`
    select s.place - 1 place, p.position
    from unnest(${numbers(starts)}::text::int[], ${numbers(counts)}::text::int[]) with ordinality s(start, records, place),
      generate_series(0, s.records - 1) p(position),
      lateral (values (substring(${hashes}::bytea from (s.start + p.position) * ${PAIR_BYTES} + 1 for ${FINGERPRINT_BYTES}))) f(fingerprint)
    where exists (select from records r where r.workspace_id = ${workspace} and r.fingerprint = f.fingerprint
      and r.month = ${at} offset 0)`;
}

/** Stores the segments of an ingest; returns their numbers, which rise. */
export async function writeSegments(
  sql: SqlSession,
  { workspace, ingest }: { workspace: string; ingest: string },
  segments: readonly Segment[],
): Promise<number[]> {
  const rows = await sql<{ segment: string }[]>`
    select nextval(pg_get_serial_sequence('segments', 'segment')) segment from generate_series(1, ${segments.length}::int)`;
  const ids = rows.map((row) => Number(row.segment)).sort((a, b) => a - b);
  const copy = new CopyRows();
  segments.forEach((segment, i) => {
    copy.row(13);
    copy.text(workspace);
    copy.int4(ids[i] as number);
    copy.date(monthOf(segment.firstAt));
    copy.text(segment.source);
    copy.text(segment.format);
    copy.uuid(ingest);
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
    "segments",
    [
      "workspace_id",
      "segment",
      "month",
      "source",
      "format",
      "ingest",
      "records",
      "first_at",
      "last_at",
      "raw",
      "normal",
      "hashes",
      "refs",
    ],
    copy,
    workspace,
  );
  // For the tree. A trigger does it too, but not where the tables lie on several machines.
  await sql`select queue_segments(${numbers(ids)}::text::int[])`;
  return ids;
}

/** Stores where each record lies. @param ids numbers of the segments. */
export async function writeRecords(
  sql: SqlSession,
  workspace: string,
  segments: readonly Segment[],
  ids: readonly number[],
): Promise<void> {
  const all: { segment: number; month: number; position: number; fingerprint: Uint8Array }[] = [];
  segments.forEach(({ hashes, records, firstAt }, i) => {
    const month = monthOf(firstAt);
    for (let position = 0; position < records; position++) {
      const start = position * PAIR_BYTES;
      const fingerprint = hashes.subarray(start, start + FINGERPRINT_BYTES);
      all.push({ segment: ids[i] as number, month, position, fingerprint });
    }
  });
  const copy = new CopyRows();
  // Sorted: neighbours in the index are written one after another.
  for (const place of inOrder(all.map((record) => record.fingerprint))) {
    const { segment, month, position, fingerprint } = all[place] as (typeof all)[number];
    copy.row(5);
    copy.text(workspace);
    copy.bytes(fingerprint);
    copy.date(month);
    copy.int4(segment);
    copy.int2(position);
  }
  await copyInto(
    sql,
    "records",
    ["workspace_id", "fingerprint", "month", "segment", "position"],
    copy,
    workspace,
  );
}

/** The places of byte strings in the order of their first four bytes: near enough for neighbours to meet. At most 2^20. */
function inOrder(strings: readonly Uint8Array[]): Iterable<number> {
  const keys = Float64Array.from(
    strings,
    ([a = 0, b = 0, c = 0, d = 0], place) => ((a * 256 + b) * 256 + c) * 256 * 2 ** 20 + d * 2 ** 20 + place,
  );
  return keys.sort().map((key) => key % 2 ** 20);
}
