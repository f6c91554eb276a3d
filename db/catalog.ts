/** The tables of the application as PostgreSQL's catalog knows them, whatever the program knows. */
import type { SqlSession } from "./client.ts";

export interface TableShape {
  name: string;
  /** Quoted and with its schema, as it stands in SQL. */
  target: string;
  /** Those that are stored, in order; what PostgreSQL works out itself is left out. */
  columns: { name: string; type: string }[];
  /** Holds what is compressed already: columns that PostgreSQL is told not to compress. */
  compressed: boolean;
  /** Bytes on disk without indexes, about; of all partitions. */
  bytes: number;
}

/** All tables of the application's schema, by name. */
export async function readTables(sql: SqlSession): Promise<TableShape[]> {
  const rows = await sql<(Omit<TableShape, "bytes"> & { bytes: string })[]>`
    select c.relname as name, format('%I.%I', n.nspname, c.relname) as target,
      (select sum(pg_table_size(p.relid)) from pg_partition_tree(c.oid) p) as bytes,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        as columns,
      bool_or(a.attstorage = 'e' and t.typstorage <> 'e') as compressed
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    join pg_type t on t.oid = a.atttypid
    where n.nspname = current_schema() and c.relkind in ('r', 'p')
    group by c.oid, c.relname, n.nspname
    order by c.relname`;
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** A name as it stands in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Which table's rows point to which other's. */
export function readReferences(sql: SqlSession): Promise<{ from: string; to: string }[]> {
  return sql<{ from: string; to: string }[]>`
    select distinct c.relname as "from", r.relname as "to"
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid
    where f.contype = 'f' and f.conrelid <> f.confrelid
      and c.relnamespace = (select oid from pg_namespace where nspname = current_schema())`;
}

export interface SequenceState {
  name: string;
  /** The number given last, or, when none was, the first to give. */
  value: string;
  called: boolean;
}

/** Where the sequences of the application's schema stand. They belong to no transaction: later than the rows, never earlier. */
export async function readSequences(sql: SqlSession): Promise<SequenceState[]> {
  const found = await sql<{ name: string; target: string }[]>`
    select c.relname as name, format('%I.%I', n.nspname, c.relname) as target
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'S'
    order by c.relname`;
  const states: SequenceState[] = [];
  for (const { name, target } of found) {
    const [state] = await sql.unsafe<{ value: string; called: boolean }[]>(
      `select last_value as value, is_called as called from ${target}`,
    );
    if (state !== undefined) states.push({ name, ...state });
  }
  return states;
}

/** @throws when there is no such sequence in the application's schema. */
export async function setSequence(sql: SqlSession, { name, value, called }: SequenceState): Promise<void> {
  await sql`select setval(format('%I.%I', current_schema(), ${name}::text)::regclass, ${value}::bigint, ${called})`;
}

/** How many rows a table has. @param target as it stands in SQL. */
export async function countRows(sql: SqlSession, target: string): Promise<number> {
  const [row] = await sql.unsafe<{ rows: string }[]>(
    `/* cross-workspace: a backup and a restore are of all workspaces */ select count(*) as rows from ${target}`,
  );
  return Number(row?.rows);
}

/** The tables among these that have any row. */
export async function filledTables(sql: SqlSession, tables: readonly TableShape[]): Promise<string[]> {
  const filled: string[] = [];
  for (const { name, target } of tables)
    if (
      (
        await sql.unsafe(
          `/* cross-workspace: only an empty database is restored into */ select from ${target} limit 1`,
        )
      ).length > 0
    )
      filled.push(name);
  return filled;
}

/** Turns the application's own triggers off; foreign keys are watched on. @returns what turns each on again as it was. */
export async function stopTriggers(
  sql: SqlSession,
  tables: readonly TableShape[],
): Promise<() => Promise<void>> {
  const found = await sql<{ again: string }[]>`
    select format('alter table %I.%I enable %s trigger %I', n.nspname, c.relname,
      case t.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, t.tgname) as again
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and not t.tgisinternal and t.tgenabled <> 'D'`;
  for (const { target } of tables) await sql.unsafe(`alter table ${target} disable trigger user`);
  return async () => {
    for (const { again } of found) await sql.unsafe(again);
  };
}

/**
 * Takes away all that migrations have made: tables and views, the sequences that didn't go with them, functions, types; what
 * extensions brought stays.
 */
export async function dropAll(sql: SqlSession): Promise<void> {
  const found = await sql<{ drop: string }[]>`
    with own as (select oid from pg_namespace where nspname = current_schema()),
    things as (
      select case c.relkind when 'S' then 2 else 1 end as turn, 'pg_class'::regclass as class, c.oid, format('%s if exists %I.%I', case c.relkind
        when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table'
        else 'table' end, current_schema(), c.relname) as what
      from pg_class c where c.relnamespace in (select oid from own) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      union all
      select 3, 'pg_proc'::regclass, p.oid, format('routine if exists %s', p.oid::regprocedure)
      from pg_proc p where p.pronamespace in (select oid from own)
      union all
      select 4, 'pg_type'::regclass, t.oid, format('type if exists %I.%I', current_schema(), t.typname)
      from pg_type t where t.typnamespace in (select oid from own) and t.typtype in ('e', 'd', 'r'))
    select 'drop ' || what || ' cascade' as drop from things
    where not exists (select from pg_depend d where d.classid = class and d.objid = things.oid and d.deptype = 'e')
    order by turn`;
  for (const { drop } of found) await sql.unsafe(drop);
  await sql`drop schema if exists log_months cascade`;
  await sql`drop table if exists drizzle.__drizzle_migrations`;
}
