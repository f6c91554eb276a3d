/** Which migrations a database has. */
import type { SqlSession } from "./client.ts";
import type { Migration } from "./migration-files.ts";

/** What a database has of the migrations that the program knows. */
interface MigrationState {
  applied: Migration[];
  missing: Migration[];
  /** Applied ones that the program doesn't know: it is older than the database. */
  unknown: number;
}

/** Reads which migrations were applied. */
export async function migrationState(
  sql: SqlSession,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const [table] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  const rows = table?.there
    ? await sql<{ when: string }[]>`select created_at as when from drizzle.__drizzle_migrations`
    : [];
  const done = new Set(rows.map((row) => Number(row.when)));
  const known = new Set(migrations.map(({ when }) => when));
  return {
    applied: migrations.filter(({ when }) => done.has(when)),
    missing: migrations.filter(({ when }) => !done.has(when)),
    unknown: [...done].filter((when) => !known.has(when)).length,
  };
}

/** The sentence for a database that is newer than the program. */
export const NEWER_DATABASE =
  "This database has the tables of a newer Rollcall, which this version can't be trusted with. Start the newer version; one of this version that runs already may go on until it is stopped.";
