/**
 * Indexes of partitioned tables. PostgreSQL builds none of them beside the writers; so it is built on each partition, beside
 * them, and what is left to do on the table itself is to put these together.
 */
import { quoted } from "./catalog.ts";
import type { SqlSession } from "./client.ts";

/** Statements of a migration outside a transaction begin with comments, the first one at least. */
const COMMENTS = /^(?:\s*--[^\n]*\n)*\s*/u;

/** @returns a statement without the comments before it. */
export const withoutComments = (statement: string): string => statement.replace(COMMENTS, "");

const CREATE = /^create (unique )?index concurrently "?(\w+)"? on "?(\w+)"? (.+)$/isu;
const DROP = /^drop index concurrently if exists "?(\w+)"?/iu;

/** An index of a partition has the name of the whole one and what its partition's name has more than the table's. */
const partName = (index: string, table: string, partition: string): string =>
  `${index}${partition.slice(table.length)}`;

async function partitionsOf(
  sql: SqlSession,
  table: string,
): Promise<{ schema: string; name: string }[] | null> {
  const [parent] = await sql<{ partitioned: boolean }[]>`
    select relkind = 'p' as partitioned from pg_class where oid = to_regclass(${table})`;
  if (parent?.partitioned !== true) return null;
  return sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where i.inhparent = to_regclass(${table}) order by 2`;
}

async function createOn(
  sql: SqlSession,
  [, unique = "", index = "", table = "", rest = ""]: string[],
): Promise<boolean> {
  const partitions = await partitionsOf(sql, table);
  if (partitions === null) return false;
  for (const { schema, name } of partitions) {
    const own = partName(index, table, name);
    // Left over from a run that was cut off, or already whole: built anew, as the migration's own would be.
    await sql.unsafe(`drop index concurrently if exists ${quoted(schema)}.${quoted(own)}`);
    await sql.unsafe(
      `create ${unique}index concurrently ${quoted(own)} on ${quoted(schema)}.${quoted(name)} ${rest}`,
    );
  }
  await sql.unsafe(`create ${unique}index ${quoted(index)} on ${quoted(table)} ${rest}`);
  return true;
}

async function dropIt(sql: SqlSession, [, index = ""]: string[]): Promise<boolean> {
  const [found] = await sql<{ whole: boolean }[]>`
    select relkind = 'I' as whole from pg_class where oid = to_regclass(${index})`;
  if (found?.whole !== true) return false;
  await sql.unsafe(`drop index ${quoted(index)}`);
  return true;
}

/**
 * Runs `CREATE INDEX CONCURRENTLY` or `DROP INDEX CONCURRENTLY` of a partitioned table in its steps.
 * @returns false, and nothing is done, where it is any other statement or table.
 */
export async function runInSteps(sql: SqlSession, statement: string): Promise<boolean> {
  const plain = withoutComments(statement).trim().replace(/;$/u, "");
  const [create, drop] = [CREATE.exec(plain), DROP.exec(plain)];
  if (create !== null) return createOn(sql, create);
  return drop !== null && (await dropIt(sql, drop));
}
