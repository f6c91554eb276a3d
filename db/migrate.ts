/** Brings a database to the newest schema. */
import { fileURLToPath } from "node:url";
import { migrate as apply } from "drizzle-orm/postgres-js/migrator";
import { connectAsOwner, DEFAULT_WORKSPACE } from "./client.ts";

/** The folder of the SQL files, with their journal. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/** The database can't be brought to this version's schema; the message says why. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/**
 * Applies what is missing, one process at a time; does nothing when all is there.
 * @throws {MigrationError} when the database holds something else.
 */
export async function migrate(url: string): Promise<void> {
  const db = connectAsOwner(url);
  try {
    // Two processes that start at once must not both create the same tables.
    await db.sql`select pg_advisory_lock(hashtextextended('rollcall migrate', 0))`;
    await apply(db.orm, { migrationsFolder: MIGRATIONS }).catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message;
      throw new MigrationError(
        `The database can't be brought to this version's tables (${cause}). It was made by another version or holds other data; nothing was changed.`,
      );
    });
    await db.sql`insert into workspaces (workspace_id, name) values (${DEFAULT_WORKSPACE}, 'Main') on conflict do nothing`;
  } finally {
    await db.close();
  }
}
