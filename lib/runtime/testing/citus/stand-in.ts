/**
 * A stand-in for Citus: an extension of that name with those of its functions and catalogs that Rollcall asks, which notes
 * what it was asked and refuses what Citus' documentation and source say that it refuses. It moves no rows: all stay on the
 * one server. That a real Citus takes the same is not shown by it.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";

const CONTROL =
  "comment = 'stand-in of the tests'\ndefault_version = '0'\nrelocatable = false\nschema = pg_catalog\n";

const SCRIPT = `
CREATE SCHEMA citus_stand_in;
CREATE TABLE citus_stand_in.pg_dist_partition (logicalrelid regclass PRIMARY KEY, partkey text, colocationid integer);
GRANT USAGE ON SCHEMA citus_stand_in TO public;
GRANT SELECT ON citus_stand_in.pg_dist_partition TO public;
-- At this table it waits for whoever holds the lock of this number.
CREATE TABLE citus_stand_in.waits_at (table_name regclass, lock bigint);
CREATE TABLE citus_stand_in.functions (name text);

CREATE FUNCTION pg_catalog.create_distributed_function(function_name regprocedure) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO citus_stand_in.functions VALUES (function_name::text);
END $$;

CREATE FUNCTION pg_catalog.create_distributed_table(table_name regclass, distribution_column text,
  colocate_with text DEFAULT 'default', shard_count integer DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  IF EXISTS (SELECT FROM citus_stand_in.pg_dist_partition WHERE logicalrelid = table_name) THEN
    RAISE EXCEPTION 'table "%" is already distributed', table_name;
  END IF;
  FOR found IN SELECT FROM pg_policy WHERE polrelid = table_name
      AND (polqual::text LIKE '%{SUBLINK%' OR polwithcheck::text LIKE '%{SUBLINK%') LOOP
    RAISE EXCEPTION 'cannot create policy' USING DETAIL = 'Subqueries are not supported in policies on distributed tables';
  END LOOP;
  IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = table_name AND NOT tgisinternal)
      AND coalesce(current_setting('citus.enable_unsafe_triggers', true), 'off') <> 'on' THEN
    RAISE EXCEPTION 'triggers are not supported on distributed tables when "citus.enable_unsafe_triggers" is set to "false"';
  END IF;
  FOR found IN SELECT indexrelid::regclass AS name FROM pg_index x WHERE indrelid = table_name AND (indisunique OR indisexclusion)
      AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = table_name AND a.attname = distribution_column
        AND a.attnum = ANY (x.indkey::smallint[])) LOOP
    RAISE EXCEPTION 'cannot create constraint on "%"', table_name
      USING DETAIL = 'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not include the partition column';
  END LOOP;
  IF colocate_with <> 'default' AND NOT EXISTS (
      SELECT FROM citus_stand_in.pg_dist_partition WHERE logicalrelid = colocate_with::regclass) THEN
    RAISE EXCEPTION 'relation % is not distributed', colocate_with;
  END IF;
  PERFORM pg_advisory_xact_lock(w.lock) FROM citus_stand_in.waits_at w WHERE w.table_name = create_distributed_table.table_name;
  INSERT INTO citus_stand_in.pg_dist_partition
    SELECT table_name, distribution_column, coalesce(
      (SELECT colocationid FROM citus_stand_in.pg_dist_partition WHERE logicalrelid = to_regclass(colocate_with)),
      (SELECT count(*) + 1 FROM citus_stand_in.pg_dist_partition));
END $$;
`;

/**
 * Makes the extension in a database of a server that can read this machine's files.
 * @param sql of a superuser.
 */
export async function createStandIn(sql: Sql): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-citus-"));
  try {
    const extension = join(folder, "extension");
    await mkdir(extension);
    await writeFile(join(extension, "citus.control"), CONTROL);
    await writeFile(join(extension, "citus--0.sql"), SCRIPT);
    // The server may run as another user.
    await chmod(folder, 0o755);
    await sql.begin(async (transaction) => {
      await transaction`select set_config('extension_control_path', ${`${folder}:$system`}, true)`;
      await transaction`create extension citus`;
    });
    const [{ name }] = await sql<[{ name: string }]>`select current_database() as name`;
    // Where Citus has it, nobody needs to name a schema.
    await sql`alter database ${sql(name)} set search_path = "$user", public, citus_stand_in`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
