/** Whether a database has the tables of this very version. */
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Db } from "../client.ts";
import { MIGRATIONS } from "../migrate.ts";

/** @returns false also for a database that a newer version has migrated. @throws when the database does not answer. */
export async function isMigrated({ sql }: Db): Promise<boolean> {
  const newest = readMigrationFiles({ migrationsFolder: MIGRATIONS }).at(-1)?.folderMillis ?? 0;
  const [there] = await sql<{ known: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as known`;
  if (!there?.known) return false;
  const [row] = await sql<{ newest: string | null }[]>`
    select max(created_at)::text as newest from drizzle.__drizzle_migrations`;
  return Number(row?.newest ?? -1) === newest;
}
