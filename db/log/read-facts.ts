/** Reading what the log says of refs: which belong together, and since when. */
import type { LinkFact } from "../../lib/lifecycle/refs.ts";
import type { SqlSession } from "../client.ts";

/** Rows fetched at once of what is small: some hundred kilobytes. */
const ROWS_A_FETCH = 2_000;

/** More rows than any workspace has. */
const ALL = 2_147_483_647;

/** All that the log says of a ref. */
export interface RefFacts {
  ref: string;
  /** As JSON, for {@link factsOf}. */
  facts: string;
}

/** The facts of a ref, each once. */
export function factsOf({ ref, facts }: RefFacts): LinkFact[] {
  return Object.entries(JSON.parse(facts) as Record<string, number>).map(([key, first]) => {
    const space = key.indexOf(" ");
    return { ref, kind: key.slice(0, space) as LinkFact["kind"], value: key.slice(space + 1), first };
  });
}

/**
 * The link facts of the workspace ref by ref, in no order, some at a time.
 * @param prefix of the refs that are wanted.
 */
export async function* readRefFacts(
  sql: SqlSession,
  workspace: string,
  prefix = "",
): AsyncGenerator<RefFacts[]> {
  yield* sql<RefFacts[]>`
    select ref, facts::text from link_facts
    where workspace_id = ${workspace} and starts_with(ref, ${prefix})`.cursor(ROWS_A_FETCH);
}

/** The link facts of some refs, ref by ref. */
export const readFactsOf = async (
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<RefFacts[]> => sql<RefFacts[]>`
  select ref, facts::text from link_facts
  where workspace_id = ${workspace} and ref = any(${[...refs]}::text[])`;

/**
 * The link facts of all refs that say something, or that end in something (`endOf`, lib/lifecycle/refs.ts).
 * @param sayings kind and value with a space between.
 * @returns null where they are more than `most`.
 */
export async function readFactsNear(
  sql: SqlSession,
  sayings: readonly string[],
  ends: readonly string[],
  most: number,
): Promise<RefFacts[] | null> {
  const rows = await sql<RefFacts[]>`
    select ref, facts::text from refs_near(${[...sayings]}::text[], ${[...ends]}::text[], ${most + 1})`;
  return rows.length > most ? null : rows;
}

/** The link facts of the workspace, each once, in no order. */
export async function readFacts(sql: SqlSession, workspace: string, prefix = ""): Promise<LinkFact[]> {
  const facts: LinkFact[] = [];
  for await (const rows of readRefFacts(sql, workspace, prefix))
    for (const row of rows) facts.push(...factsOf(row));
  return facts;
}

/** Accounts of which one is the other's alias, some at a time. */
export async function* readAliases(
  sql: SqlSession,
  workspace: string,
): AsyncGenerator<{ ref: string; alias: string }[]> {
  yield* sql<{ ref: string; alias: string }[]>`
    select ref, substr(key, length('alias ') + 1) alias
    from link_facts, jsonb_object_keys(facts) key
    where workspace_id = ${workspace} and starts_with(key, 'alias ')`.cursor(ROWS_A_FETCH);
}

/** The people whose accounts some refs are, by records that named both. */
export async function readPersonsOf(
  sql: SqlSession,
  workspace: string,
  refs: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ person: string }[]>`
    select distinct substr(key, length('person ') + 1) person
    from link_facts, jsonb_object_keys(facts) key
    where workspace_id = ${workspace} and ref = any(${[...refs]}::text[]) and starts_with(key, 'person ')`;
  return rows.map(({ person }) => person);
}

/** The people who have or had one of the names. @param names lower-case. */
export async function readPersonsNamed(sql: SqlSession, names: readonly string[]): Promise<string[]> {
  const rows = await sql<{ ref: string }[]>`
    select distinct ref from refs_near(${names.map((name) => `name ${name}`)}::text[], '{}', ${ALL})`;
  return rows.map(({ ref }) => ref).filter((ref) => ref.startsWith("p:"));
}

/** So many refs the log has said anything of. */
export async function countRefs(sql: SqlSession, workspace: string): Promise<number> {
  const [row] = await sql<{ refs: number }[]>`
    select count(*)::int refs from link_facts where workspace_id = ${workspace}`;
  return row?.refs ?? 0;
}
