/** Whether a database has the tables that this version needs. */
import type { Db } from "../client.ts";
import { readMigrations } from "../migration-files.ts";
import { migrationState } from "../migration-state.ts";

const own = readMigrations();

/**
 * @returns true also for a database that a newer version has migrated: migrations only add, so that a program that runs goes
 *   on (docs/upgrading.md).
 * @throws when the database does not answer.
 */
export async function isMigrated({ sql }: Db): Promise<boolean> {
  return (await migrationState(sql, own)).missing.length === 0;
}
