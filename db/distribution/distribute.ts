/** Puts every table where db/distribution.ts says, where the database has Citus; elsewhere nothing happens. */
import type { Sql } from "postgres";
import type { SqlSession } from "../client.ts";
import { planDistribution, type Step, type TableState } from "./plan.ts";

/** Whether the extension is in this database. */
async function hasCitus(sql: SqlSession): Promise<boolean> {
  const [row] = await sql<{ there: boolean }[]>`
    select exists (select from pg_extension where extname = 'citus') as there`;
  return row?.there === true;
}

async function readState(sql: SqlSession): Promise<TableState[]> {
  return sql<TableState[]>`
    select c.relname as name,
      exists (select from pg_dist_partition d where d.logicalrelid = c.oid) as distributed,
      array(select json_build_object('name', p.polname, 'using', pg_get_expr(p.polqual, c.oid),
        'check', pg_get_expr(p.polwithcheck, c.oid)) from pg_policy p where p.polrelid = c.oid order by p.polname) as policies,
      array(select json_build_object('name', t.tgname, 'function', f.proname) from pg_trigger t
        join pg_proc f on f.oid = t.tgfoid where t.tgrelid = c.oid and not t.tgisinternal order by t.tgname) as triggers
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`;
}

/** What is left to be done; nothing where there is no Citus. */
export const distributionLeft = async (sql: SqlSession): Promise<Step[]> =>
  (await hasCitus(sql)) ? planDistribution(await readState(sql)) : [];

/**
 * Does what is left, each step in a transaction of its own: cut off, it goes on where it was. To be called by one process at a
 * time, as the owner.
 * @returns the names of the tables that were distributed.
 */
export async function distribute(sql: Sql): Promise<string[]> {
  const steps = await distributionLeft(sql);
  for (const { statements } of steps)
    await sql.begin(async (transaction) => {
      for (const statement of statements) await transaction.unsafe(statement);
    });
  return steps.slice(1).map(({ name }) => name);
}
