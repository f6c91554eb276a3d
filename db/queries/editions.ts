/** Reports as they were worked out, and what is wished of them. */
import type { SqlSession } from "../client.ts";
import { CopyRows, copyInto } from "../copy.ts";

/** Beside the newest edition of a question stay those that somebody may be on a page of. */
const GRACE = "10 minutes";
/** Answers to what was asked in passing: of one application, of a period. */
const PASSING = "1 hour";
/** Answers of a past moment: they hardly change, and take long. */
const PAST = "2 days";

export interface EditionRow {
  edition: string;
  version: string;
  asOf: number;
  /** Seconds since it was worked out, by the database's clock. */
  age: number;
}

type Told = Omit<EditionRow, "asOf"> & { asOf: string };

const editionOf = (row: Told | undefined): EditionRow | null =>
  row === undefined ? null : { ...row, asOf: Date.parse(row.asOf) };

/** The newest edition of a question; null: none. */
export async function readEdition(
  sql: SqlSession,
  workspace: string,
  { report, question }: { report: string; question: string },
): Promise<EditionRow | null> {
  const [row] = await sql<Told[]>`
    select edition, version, as_of::text "asOf", extract(epoch from now() - built_at)::float8 age from report_editions
    where workspace_id = ${workspace} and report = ${report} and question = ${question} and superseded_at is null
    order by built_at desc limit 1`;
  return editionOf(row);
}

/** The edition of a question that is of a moment, as long as it is kept; null: none. */
export async function readEditionOf(
  sql: SqlSession,
  workspace: string,
  { report, question, asOf }: { report: string; question: string; asOf: number },
): Promise<EditionRow | null> {
  const [row] = await sql<Told[]>`
    select edition, version, as_of::text "asOf", extract(epoch from now() - built_at)::float8 age from report_editions
    where workspace_id = ${workspace} and report = ${report} and question = ${question}
      and as_of = ${new Date(asOf).toISOString()}
    order by built_at desc limit 1`;
  return editionOf(row);
}

/** An edition was taken away while it was read: there is a newer one, or what it tells may be told no more. */
export class EditionGone extends Error {
  override name = "EditionGone";
}

/** What stands beside the rows. @throws {EditionGone} */
export async function readHead(sql: SqlSession, workspace: string, edition: string): Promise<Buffer> {
  const [row] = await sql<{ head: Buffer }[]>`
    select head from report_editions where workspace_id = ${workspace} and edition = ${edition}`;
  if (row === undefined) throw new EditionGone(`The edition ${edition} is gone.`);
  return row.head;
}

/** A block; null: there is none of that name. */
export async function findBlock(
  sql: SqlSession,
  workspace: string,
  edition: string,
  name: string,
  block = 0,
): Promise<Buffer | null> {
  const [row] = await sql<{ bytes: Buffer }[]>`
    select bytes from report_blocks
    where workspace_id = ${workspace} and edition = ${edition} and name = ${name} and block = ${block}`;
  return row?.bytes ?? null;
}

/** @throws {EditionGone} */
export async function readBlock(
  sql: SqlSession,
  workspace: string,
  edition: string,
  name: string,
  block: number,
): Promise<Buffer> {
  const bytes = await findBlock(sql, workspace, edition, name, block);
  if (bytes === null) throw new EditionGone(`The edition ${edition} has no block ${block} of "${name}".`);
  return bytes;
}

export interface NewEdition {
  edition: string;
  report: string;
  question: string;
  version: string;
  asOf: number;
}

/**
 * What is withheld of people, as one text: whoever keeps an edition asks before and after, so that none tells of somebody who was
 * sealed meanwhile. Whoever seals waits for the transaction that has asked.
 */
export async function withheldWithin(sql: SqlSession, workspace: string): Promise<string> {
  await lockEditions(sql, workspace);
  const [row] = await sql<[{ withheld: string }]>`
    select concat_ws(' ',
      (select string_agg(person || state, ',' order by person) from sealed_people where workspace_id = ${workspace}),
      (select sum(removed) from retention_rules where workspace_id = ${workspace})) withheld`;
  return row.withheld;
}

const lockEditions = (sql: SqlSession, workspace: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall editions ${workspace}`}, 0))`;

/** Takes all editions away: what they tell may be told no more. In the transaction of whoever says so. */
export async function forgetEditions(sql: SqlSession, workspace: string): Promise<void> {
  await lockEditions(sql, workspace);
  await sql`delete from report_editions where workspace_id = ${workspace}`;
}

/** Begins an edition, in a transaction: its blocks follow, and its head last. */
export async function insertEdition(
  sql: SqlSession,
  workspace: string,
  { edition, report, question, version, asOf }: NewEdition,
): Promise<void> {
  await sql`
    insert into report_editions (workspace_id, edition, report, question, version, as_of, built_at, head)
    values (${workspace}, ${edition}, ${report}, ${question}, ${version}, ${new Date(asOf).toISOString()}, now(), '')`;
}

export async function insertBlocks(
  sql: SqlSession,
  workspace: string,
  edition: string,
  blocks: readonly { name: string; block: number; bytes: Uint8Array }[],
): Promise<void> {
  if (blocks.length === 0) return;
  const copy = new CopyRows();
  for (const { name, block, bytes } of blocks) {
    copy.row(5);
    copy.text(workspace);
    copy.uuid(edition);
    copy.text(name);
    copy.int4(block);
    copy.bytes(bytes);
  }
  await copyInto(
    sql,
    "report_blocks",
    ["workspace_id", "edition", "name", "block", "bytes"],
    copy,
    workspace,
  );
}

/** Puts the edition in the place of the one before. */
export async function finishEdition(
  sql: SqlSession,
  workspace: string,
  { edition, report, question }: NewEdition,
  head: Buffer,
): Promise<void> {
  await sql`
    update report_editions set superseded_at = statement_timestamp()
    where workspace_id = ${workspace} and report = ${report} and question = ${question} and edition <> ${edition}
      and superseded_at is null`;
  await sql`
    update report_editions set head = ${head}, built_at = statement_timestamp()
    where workspace_id = ${workspace} and edition = ${edition}`;
}

/** Takes away the editions that nobody can be on a page of any more. Applications are kept with each pass, as reports are. */
export async function removeOldEditions(sql: SqlSession, workspace: string): Promise<void> {
  await sql`
    delete from report_editions where workspace_id = ${workspace}
      and (superseded_at < now() - ${GRACE}::interval or built_at < now() - case
        when question like '%"asOf"%' then ${PAST}::interval
        when question <> '' and report <> 'application' then ${PASSING}::interval end)`;
}

export interface Wish {
  report: string;
  question: string;
  waits: boolean;
}

/** Wishes for an answer; once, however often it is asked for. */
export async function storeWish(
  sql: SqlSession,
  workspace: string,
  { report, question, waits }: Wish,
): Promise<void> {
  await sql`
    insert into report_wishes as w (workspace_id, report, question, asked_at, waits)
    values (${workspace}, ${report}, ${question}, statement_timestamp(), ${waits})
    on conflict (workspace_id, report, question) do update set waits = true where excluded.waits and not w.waits`;
}

/** What is wished; what somebody waits for first. */
export async function readWishes(sql: SqlSession, workspace: string): Promise<Wish[]> {
  const rows = await sql<Wish[]>`
    select report, question, waits from report_wishes
    where workspace_id = ${workspace} order by waits desc, asked_at`;
  return [...rows];
}

/** Takes a wish back: it is fulfilled, or can't be. */
export async function removeWish(
  sql: SqlSession,
  workspace: string,
  { report, question }: Pick<Wish, "report" | "question">,
): Promise<void> {
  await sql`
    delete from report_wishes where workspace_id = ${workspace} and report = ${report} and question = ${question}`;
}

/** Takes back what was wished in passing: whoever still waits wishes again. */
export async function removePassingWishes(sql: SqlSession, workspace: string): Promise<void> {
  await sql`delete from report_wishes where workspace_id = ${workspace} and question <> ''`;
}

export interface Build {
  /** Null: it goes on. */
  endedAt: string | null;
  people: number;
  peopleDone: number;
  problem: string | null;
}

/** How far the work has come; null: none was ever begun. */
export async function readBuild(sql: SqlSession, workspace: string): Promise<Build | null> {
  const [row] = await sql<Build[]>`
    select ended_at::text "endedAt", people, people_done "peopleDone", problem from report_builds
    where workspace_id = ${workspace}`;
  return row ?? null;
}

/** @param people how many there are. */
export async function beginBuild(sql: SqlSession, workspace: string, people: number): Promise<void> {
  await sql`
    insert into report_builds (workspace_id, began_at, people, people_done) values (${workspace}, statement_timestamp(), ${people}, 0)
    on conflict (workspace_id) do update set began_at = excluded.began_at, people = excluded.people, people_done = 0,
      ended_at = null, problem = null`;
}

export async function noteBuild(sql: SqlSession, workspace: string, peopleDone: number): Promise<void> {
  await sql`update report_builds set people_done = ${peopleDone} where workspace_id = ${workspace}`;
}

/** So many times as long as it took nothing is worked out that nobody waits for: a pass takes a processor from the pages. */
const REST_TIMES = 4;
/** No longer than the rules look at the reports again (docs/alerts.md), unless it took longer itself. */
const LONG_REST = "5 minutes";

/** Ends what {@link beginBuild} began, and has it followed by a rest. @param problem why it came to nothing; null: it did not. */
export async function endBuild(sql: SqlSession, workspace: string, problem: string | null): Promise<void> {
  await sql`
    update report_builds b set ended_at = statement_timestamp(), problem = ${problem},
      rest_until = statement_timestamp() + case when ${problem}::text is null
        then greatest(took, least(${REST_TIMES} * took, ${LONG_REST}::interval)) else interval '30 seconds' end
    from (select statement_timestamp() - began_at as took from report_builds where workspace_id = ${workspace}) t
    where b.workspace_id = ${workspace}`;
}

/** Whether a workspace has more subjects than so many. Looks at no more than that. */
export async function hasMoreSubjects(sql: SqlSession, workspace: string, than: number): Promise<boolean> {
  const [row] = await sql<[{ more: boolean }]>`
    select count(*) > ${than} as more from (select from subjects where workspace_id = ${workspace} limit ${than + 1}) s`;
  return row.more;
}

/** How many subjects a workspace has. */
export async function countSubjects(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int4 as count from subjects where workspace_id = ${workspace}`;
  return row.count;
}
