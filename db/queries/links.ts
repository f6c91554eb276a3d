/** Which subject each ref stands for, as last worked out. */
import type { Holding, LinkRule } from "../../lib/lifecycle/linking.ts";
import type { SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";

const instantOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));

interface HoldingRow {
  ref: string;
  from: string | null;
  to: string | null;
  subject: string;
  rule: LinkRule;
}

const holdingOf = (row: HoldingRow): Holding => ({
  ...row,
  from: instantOf(row.from),
  to: instantOf(row.to),
});

/** Holdings ordered by ref and time. @param which of the workspace's, as a condition. */
async function readInOrder(
  sql: SqlSession,
  workspace: string,
  which: ReturnType<SqlSession>,
): Promise<Holding[]> {
  const rows = await sql<HoldingRow[]>`
    select ref, valid_from::text "from", valid_to::text "to", subject, rule from subject_refs
    where workspace_id = ${workspace} and ${which}
    order by ref collate "C", position`;
  return rows.map(holdingOf);
}

/** All holdings, ordered by ref and time. */
export const readHoldings = (sql: SqlSession, workspace: string, subject?: string): Promise<Holding[]> =>
  readInOrder(sql, workspace, sql`(${subject ?? null}::text is null or subject = ${subject ?? null})`);

/** Rows fetched at once: some hundred kilobytes. */
const ROWS_A_FETCH = 2_000;

/** All holdings in no order, but those of a ref in order of time, some at a time. */
export async function* eachHolding(sql: SqlSession, workspace: string): AsyncGenerator<Holding[]> {
  const cursor = sql<HoldingRow[]>`
    select ref, valid_from::text "from", valid_to::text "to", subject, rule from subject_refs
    where workspace_id = ${workspace}`.cursor(ROWS_A_FETCH);
  for await (const rows of cursor) yield rows.map(holdingOf);
}

/** All holdings of the refs, ordered by ref and time. */
export const readHoldingsOfRefs = (
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<Holding[]> => readInOrder(sql, workspace, sql`ref = any(${[...refs]}::text[])`);

/** All holdings of the subjects, likewise. */
export const readHoldingsOf = (
  sql: SqlSession,
  workspace: string,
  subjects: readonly string[],
): Promise<Holding[]> => readInOrder(sql, workspace, sql`subject = any(${[...subjects]}::text[])`);

/** Of the subjects those for whom no ref stands. */
export async function withoutRefs(
  sql: SqlSession,
  workspace: string,
  subjects: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select s.subject from unnest(${[...subjects]}::text[]) s(subject)
    where not exists (select from subject_refs r where r.workspace_id = ${workspace} and r.subject = s.subject)`;
  return rows.map((row) => row.subject);
}

/** The subjects that the refs stand or ever stood for. */
export async function readSubjectsOf(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select distinct subject from subject_refs where workspace_id = ${workspace} and ref = any(${[...refs]}::text[])`;
  return rows.map((row) => row.subject);
}

/** The subject that a ref stood for at a time; null when the ref is unknown. */
export async function subjectOfRef(
  sql: SqlSession,
  workspace: string,
  ref: string,
  at: number,
): Promise<string | null> {
  const time = new Date(at).toISOString();
  const [row] = await sql<{ subject: string }[]>`
    select subject from subject_refs where workspace_id = ${workspace} and ref = ${ref}
      and (valid_from is null or valid_from <= ${time}::timestamptz)
      and (valid_to is null or valid_to > ${time}::timestamptz)`;
  return row?.subject ?? null;
}

/** The ref itself, or the subjects of those with that user name. */
export async function findRefs(sql: SqlSession, workspace: string, text: string): Promise<string[]> {
  const rows = await sql<{ ref: string }[]>`
    select ref from subject_refs where workspace_id = ${workspace} and ref = ${text}
    union
    select subject from subjects where workspace_id = ${workspace} and lower(user_name) = lower(${text})
    order by ref`;
  return rows.map((row) => row.ref);
}

/** A holding as it is stored: with its place among those of its ref. */
export interface Placed extends Holding {
  position: number;
}

/** @param holdings those of a ref in order of time. */
export function placed(holdings: readonly Holding[]): Placed[] {
  const positions = new Map<string, number>();
  return holdings.map((holding) => {
    const position = positions.get(holding.ref) ?? 0;
    positions.set(holding.ref, position + 1);
    return { ...holding, position };
  });
}

/** Takes away what some refs stood for. */
export async function removeHoldings(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<void> {
  if (refs.length === 0) return;
  await sql`delete from subject_refs where workspace_id = ${workspace} and ref = any(${[...refs]}::text[])`;
}

/** Stores what refs stand for that have no holdings. Those of a subject are written side by side: they are read together. */
export async function storeHoldings(
  sql: SqlSession,
  workspace: string,
  holdings: readonly Placed[],
): Promise<void> {
  if (holdings.length === 0) return;
  const copy = new CopyRows();
  const bySubject = holdings.toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
  for (const { ref, from, to, subject, rule, position } of bySubject) {
    copy.row(7);
    copy.text(workspace);
    copy.text(ref);
    copy.int2(position);
    copy.timestamptz(from);
    copy.timestamptz(to);
    copy.text(subject);
    copy.text(rule);
  }
  await copyInto(
    sql,
    "subject_refs",
    ["workspace_id", "ref", "position", "valid_from", "valid_to", "subject", "rule"],
    copy,
    workspace,
  );
}
