/** What PostgreSQL's catalog says of a table, as far as it matters to where its rows are. */
import type { SqlSession } from "../client.ts";

export interface ColumnFacts {
  name: string;
  /** As SQL spells it. */
  type: string;
  collation: string | null;
  required: boolean;
  identity: boolean;
  /** Functions that its default calls. */
  defaults: string[];
}

/** A primary key, a unique constraint or index, or what excludes. */
interface KeyFacts {
  name: string;
  primary: boolean;
  /** Columns that must be equal for two rows to collide. */
  columns: string[];
}

interface ReferenceFacts {
  name: string;
  columns: string[];
  table: string;
  others: string[];
}

interface TriggerFacts {
  name: string;
  function: string;
  eachRow: boolean;
}

export interface TableFacts {
  name: string;
  partitioned: boolean;
  /** Partitions that are parted once more. */
  partedAgain: string[];
  /** Other than as a partition. */
  inherits: boolean;
  columns: ColumnFacts[];
  keys: KeyFacts[];
  references: ReferenceFacts[];
  triggers: TriggerFacts[];
  /** Names of policies in which a query stands. */
  policiesWithQueries: string[];
  rules: string[];
}

/** All tables of the schema `public`, by name; partitions are left out, since they are what their table is. */
export async function readFacts(sql: SqlSession): Promise<TableFacts[]> {
  const rows = await sql<{ facts: TableFacts }[]>`
    select json_build_object(
      'name', c.relname,
      'partitioned', c.relkind = 'p',
      'partedAgain', array(select p.relname from pg_inherits i join pg_class p on p.oid = i.inhrelid
        where i.inhparent = c.oid and p.relkind = 'p'),
      'inherits', exists (select from pg_inherits i where i.inhrelid = c.oid),
      'columns', array(
        select json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'collation', (select l.collname from pg_collation l where l.oid = a.attcollation),
          'required', a.attnotnull, 'identity', a.attidentity <> '',
          'defaults', array(
            select distinct f.proname from pg_attrdef d join pg_depend e on e.classid = 'pg_attrdef'::regclass and e.objid = d.oid
              and e.refclassid = 'pg_proc'::regclass join pg_proc f on f.oid = e.refobjid
            where d.adrelid = c.oid and d.adnum = a.attnum
            union
            select lower(m[1]) from pg_attrdef d, regexp_matches(pg_get_expr(d.adbin, d.adrelid), '([a-z_0-9]+)\\(', 'gi') m
            where d.adrelid = c.oid and d.adnum = a.attnum))
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
      'keys', array(
        select json_build_object('name', k.relname, 'primary', x.indisprimary, 'columns', array(
          select a.attname from unnest(x.indkey::int[]) with ordinality at(number, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = at.number
          where at.place <= x.indnkeyatts and (o.conexclop is null or (
            select p.oprname from pg_operator p where p.oid = o.conexclop[at.place]) = '=')))
        from pg_index x join pg_class k on k.oid = x.indexrelid
        left join pg_constraint o on o.conindid = x.indexrelid and o.conrelid = c.oid and o.contype = 'x'
        where x.indrelid = c.oid and (x.indisunique or x.indisexclusion) order by k.relname),
      'references', array(
        select json_build_object('name', o.conname, 'table', r.relname,
          'columns', array(select a.attname from unnest(o.conkey) with ordinality n(number, place)
            join pg_attribute a on a.attrelid = o.conrelid and a.attnum = n.number order by n.place),
          'others', array(select a.attname from unnest(o.confkey) with ordinality n(number, place)
            join pg_attribute a on a.attrelid = o.confrelid and a.attnum = n.number order by n.place))
        from pg_constraint o join pg_class r on r.oid = o.confrelid
        where o.conrelid = c.oid and o.contype = 'f' and o.conparentid = 0 order by o.conname),
      'triggers', array(
        select json_build_object('name', t.tgname, 'function', f.proname, 'eachRow', (t.tgtype & 1) = 1)
        from pg_trigger t join pg_proc f on f.oid = t.tgfoid where t.tgrelid = c.oid and not t.tgisinternal order by t.tgname),
      'policiesWithQueries', array(
        select p.polname from pg_policy p where p.polrelid = c.oid
          and (p.polqual::text like '%{SUBLINK%' or p.polwithcheck::text like '%{SUBLINK%') order by p.polname),
      'rules', array(select r.rulename from pg_rewrite r where r.ev_class = c.oid)) as facts
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      -- What extensions bring is theirs.
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname`;
  return rows.map(({ facts }) => facts);
}
