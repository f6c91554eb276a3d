/** Brings a database to the newest schema. */
import { fileURLToPath } from "node:url";
import { migrate as apply } from "drizzle-orm/postgres-js/migrator";
import { connect, DEFAULT_WORKSPACE } from "./client.ts";

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/** Applies what is missing, one process at a time; does nothing when all is there. */
export async function migrate(url: string): Promise<void> {
  const db = connect(url, 1);
  try {
    // Two processes that start at once must not both create the same tables.
    await db.sql`select pg_advisory_lock(hashtextextended('rollcall migrate', 0))`;
    await apply(db.orm, { migrationsFolder: MIGRATIONS });
    await db.sql`insert into workspaces (workspace_id, name) values (${DEFAULT_WORKSPACE}, 'Main') on conflict do nothing`;
  } finally {
    await db.close();
  }
}
