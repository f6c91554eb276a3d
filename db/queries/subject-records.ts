/** Copies of each subject's records, side by side. What changes the log takes them away (db/log/rewrite.ts). */
import type { SubjectId } from "../../lib/lifecycle/types.ts";
import type { SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";
import { json } from "../json.ts";
import { numbers } from "../log/numbers.ts";
import { refHash } from "../log/segment.ts";

/** What is kept of one subject. */
export interface SubjectRecords {
  /** Hash of the refs that stood for it (lib/ingest/subject-lines.ts). */
  holdings: string;
  /** The segments of which all records of it are here: those of a pass over the log, and these. */
  coverage: string | null;
  segments: readonly number[];
  /** Lines, deflated. */
  records: Uint8Array;
}

/** Those of the subjects for whom anything is kept. */
export async function readSubjectRecords(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
): Promise<Map<SubjectId, SubjectRecords>> {
  const rows = await sql<(SubjectRecords & { subject: SubjectId })[]>`
    select subject, holdings, coverage, segments, records from subject_records
    where workspace_id = ${workspace} and subject = any(${[...subjects]}::text[])`;
  return new Map(rows.map(({ subject, ...row }) => [subject, row]));
}

/**
 * The segments that passes have read or that have been worked out since, as spans (lib/ingest/spans.ts). To be asked before the records
 * of subjects are: passes come to cover more when these have been replaced. A pass that nobody's records are of any more may be missing.
 */
export async function readCoverages(
  sql: SqlSession,
  workspace: string,
): Promise<Map<string, readonly number[]>> {
  const rows = await sql<{ coverage: string; segments: number[] }[]>`
    select coverage, segments from record_coverages where workspace_id = ${workspace}`;
  return new Map(rows.map(({ coverage, segments }) => [coverage, segments]));
}

/** Numbers of segments, both ends among them. */
interface Span {
  from: number;
  to: number;
}

const rowsOf = (sql: SqlSession, spans: readonly Span[]) => sql`
  unnest(${numbers(spans.map(({ from }) => from))}::text::int[], ${numbers(spans.map(({ to }) => to))}::text::int[]) span(first, last)`;

/** The segments in some spans and above a number, at most so many. */
export async function findSegmentsAmong(
  sql: SqlSession,
  workspace: string,
  spans: readonly Span[],
  above: number,
  most: number,
): Promise<number[]> {
  const firsts = numbers(spans.map(({ from }) => from));
  const lasts = numbers(spans.map(({ to }) => to));
  const rows = await sql<{ segment: number }[]>`
    select segments_among(${workspace}, ${firsts}::text::int[], ${lasts}::text::int[], ${above}, ${most}) as segment`;
  return rows.map(({ segment }) => segment);
}

/** The segments after one that have any of the refs, by their hashes: found by the index of refs, however many came. */
export async function findSegmentsWithSince(
  sql: SqlSession,
  hashes: readonly number[],
  above: number,
): Promise<number[]> {
  const rows = await sql<{ segment: number }[]>`
    select segments_with_refs_since(${numbers(hashes)}::text::int[], ${above}::int) as segment`;
  return rows.map(({ segment }) => segment);
}

/**
 * Which of the refs, by their hashes, each of the segments has.
 * @param hashes each once.
 */
export async function findRefsIn(
  sql: SqlSession,
  workspace: string,
  spans: readonly Span[],
  hashes: readonly number[],
): Promise<{ segment: number; ref: number }[]> {
  // A span at a time: asked for a thousand numbers at once, PostgreSQL would read each month's segments from end to end.
  return sql<{ segment: number; ref: number }[]>`
    select s.segment, r.ref
    from ${rowsOf(sql, spans)}
    cross join lateral (
      select one.segment, one.refs from segments one
      where one.workspace_id = ${workspace} and one.segment >= span.first and one.segment <= span.last
      order by one.segment limit span.last - span.first + 1) s
    cross join lateral unnest(s.refs) r(ref)
    join unnest(${numbers(hashes)}::text::int[]) wanted(ref) on wanted.ref = r.ref`;
}

/** Of each subject the segments that hold records of its refs, and perhaps a few that do not. */
export async function findSegmentsOf(
  sql: SqlSession,
  refsOf: ReadonlyMap<SubjectId, readonly string[]>,
): Promise<Map<SubjectId, number[]>> {
  const wanted = [...refsOf].map(([subject, refs]) => ({ subject, refs: refs.map(refHash) }));
  const rows = await sql<{ subject: SubjectId; segments: number[] }[]>`
    select w.subject, array(select segments_with_refs(w.refs)) as segments
    from jsonb_to_recordset(${json(sql, wanted)}) as w(subject text, refs int[])`;
  return new Map(rows.map(({ subject, segments }) => [subject, segments]));
}

/** Notes which segments a pass has read, as spans, and forgets those of passes of which nothing is kept any more. */
export async function storeCoverage(
  sql: SqlSession,
  workspace: string,
  coverage: string,
  spans: readonly number[],
): Promise<void> {
  await sql`
    delete from record_coverages c where c.workspace_id = ${workspace} and not exists (
      select from subject_records r where r.workspace_id = c.workspace_id and r.coverage = c.coverage)`;
  await sql`
    insert into record_coverages (workspace_id, coverage, segments)
    values (${workspace}, ${coverage}, ${numbers(spans)}::text::int[])`;
}

/** Has a pass cover these segments, as spans. */
export async function widenCoverage(
  sql: SqlSession,
  workspace: string,
  coverage: string,
  spans: readonly number[],
): Promise<void> {
  await sql`
    update record_coverages set segments = ${numbers(spans)}::text::int[]
    where workspace_id = ${workspace} and coverage = ${coverage}`;
}

/** Puts the records of subjects in place of those that were kept. @param subjects all of which the former ones go. */
export async function storeSubjectRecords(
  sql: SqlSession,
  workspace: string,
  subjects: readonly SubjectId[],
  rows: readonly (SubjectRecords & { subject: SubjectId })[],
): Promise<void> {
  await sql`
    delete from subject_records where workspace_id = ${workspace} and subject = any(${[...subjects]}::text[])`;
  if (rows.length === 0) return;
  const copy = new CopyRows();
  for (const { subject, holdings, coverage, segments, records } of rows) {
    copy.row(6);
    copy.text(workspace);
    copy.text(subject);
    copy.text(holdings);
    if (coverage === null) copy.text(null);
    else copy.uuid(coverage);
    copy.int4s(segments);
    copy.bytes(records);
  }
  await copyInto(
    sql,
    "subject_records",
    ["workspace_id", "subject", "holdings", "coverage", "segments", "records"],
    copy,
    workspace,
  );
}

/** Takes all copies away: what they are of has been changed. In the transaction of whoever changes it. */
export async function forgetSubjectRecords(sql: SqlSession, workspace: string): Promise<void> {
  await sql`delete from subject_records where workspace_id = ${workspace}`;
  await sql`delete from record_coverages where workspace_id = ${workspace}`;
}
