/**
 * Brings a database to the newest schema while others read and write it. Each migration is a transaction of its own, so that
 * no lock is held longer than one file needs; drizzle's own migrator does all in one. Its table of what was applied is kept.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { connectAsOwner, DEFAULT_WORKSPACE, type SqlSession } from "./client.ts";
import { distribute, distributionLeft } from "./distribution/distribute.ts";
import { ensureMonthsAhead } from "./log/months.ts";
import { type Migration, readMigrations } from "./migration-files.ts";
import { migrationState, NEWER_DATABASE } from "./migration-state.ts";
import { runInSteps, withoutComments } from "./partitioned-index.ts";

/**
 * A statement that waits for a table makes everybody wait who comes after it. So it waits no longer than this, gives way,
 * and tries again: a page is late by five seconds at most.
 */
const LOCK_TIMEOUT_MS = 5_000;
/** Between two attempts those go on who were held up; each pause is longer than the one before, up to the longest. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** Some four minutes in all: what holds a table longer is a backup or stuck, and a person has to know. */
const ATTEMPTS = 15;

/** How often somebody looks whether another process is done. */
const LOOK_EVERY_MS = 200;

/** Name of the advisory lock of whoever changes the tables. */
const TURN = "rollcall migrate";

/** By these codes PostgreSQL says that a lock was not to be had: lock_not_available, deadlock_detected. */
const HELD = ["55P03", "40P01"];

/** The database can't be brought to this version's schema; the message says why. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

export interface MigrateOptions {
  /** drizzle-kit's folder; the program's own when absent. */
  folder?: string;
  /** How often a migration is tried that can't have its tables. */
  attempts?: number;
}

/**
 * Applies what is missing, one process at a time; takes no lock when all is there. In a database with Citus it then distributes
 * the tables that are not yet.
 * @returns the tags of what was applied, in order.
 * @throws {MigrationError} when the database is newer than this program, holds something else, or is held by others.
 */
export async function migrate(
  url: string,
  { folder, attempts = ATTEMPTS }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const db = connectAsOwner(url);
  try {
    const applied: string[] = [];
    if ((await missingOf(db.sql, migrations)).length > 0) {
      await waitForTurn(db.sql, "connection");
      await prepareTable(db.sql);
      // Another process may have done it meanwhile.
      for (const migration of await missingOf(db.sql, migrations)) {
        const work = () =>
          migration.outside
            ? runOutside(db.sql, migration)
            : db.sql.begin(async (sql) => {
                await limitWaiting(sql);
                await run(sql, migration);
              });
        await patiently(migration, attempts, work);
        applied.push(migration.tag);
      }
    }
    await ensureMonthsAhead(db.sql);
    if ((await distributionLeft(db.sql)).length > 0) {
      await waitForTurn(db.sql, "connection");
      for (const table of await distribute(db.sql).catch(distributionFailed))
        applied.push(`distribution of ${table}`);
    }
    await db.sql`insert into workspaces (workspace_id, name) values (${DEFAULT_WORKSPACE}, 'Main') on conflict do nothing`;
    return applied;
  } finally {
    await db.close();
  }
}

function distributionFailed(error: unknown): never {
  throw new MigrationError(
    `The tables can't be distributed: ${error instanceof Error ? error.message : String(error)}. Those that are, stay so; start again when the reason is gone.`,
  );
}

async function missingOf(sql: SqlSession, migrations: readonly Migration[]): Promise<Migration[]> {
  const { missing, unknown } = await migrationState(sql, migrations);
  if (unknown > 0) throw new MigrationError(NEWER_DATABASE);
  return missing;
}

/**
 * Becomes the only one that changes tables or privileges, until the connection or the transaction ends.
 * @returns false when somebody else is.
 */
export async function takeTurn(sql: SqlSession, until: "connection" | "transaction"): Promise<boolean> {
  const [row] =
    until === "connection"
      ? await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${TURN}, 0)) as mine`
      : await sql<
          { mine: boolean }[]
        >`select pg_try_advisory_xact_lock(hashtextextended(${TURN}, 0)) as mine`;
  return row?.mine === true;
}

/** Asks again and again: who waits inside PostgreSQL is a transaction that an index being built beside it would wait for. */
export async function waitForTurn(sql: SqlSession, until: "connection" | "transaction"): Promise<void> {
  while (!(await takeTurn(sql, until))) await sleep(LOOK_EVERY_MS);
}

/** drizzle's table of what was applied, as drizzle makes it. */
async function prepareTable(sql: SqlSession): Promise<void> {
  await sql`create schema if not exists drizzle`;
  await sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
}

const limitWaiting = (sql: SqlSession) =>
  sql`select set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`;

const note = (sql: SqlSession, { hash, when }: Migration) =>
  sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`;

/** Runs a migration and notes that it was. */
async function run(sql: SqlSession, migration: Migration): Promise<void> {
  for (const statement of migration.statements) await sql.unsafe(statement);
  await note(sql, migration);
}

/** What changes a table, and makes others wait for that as long as it waits itself; an index is built beside them. */
const HOLDS_TABLE = /^alter /iu;

/** The same outside a transaction: each statement is done for good when it is done, and holds no table longer than that. */
async function runOutside(sql: postgres.Sql, migration: Migration): Promise<void> {
  for (const statement of migration.statements) {
    if (HOLDS_TABLE.test(withoutComments(statement)))
      await sql.begin(async (inner) => {
        await limitWaiting(inner);
        await inner.unsafe(statement);
      });
    else if (!(await runInSteps(sql, statement))) await sql.unsafe(statement);
  }
  await note(sql, migration);
}

/**
 * Applies migrations to a database without tables inside the caller's transaction, which alone sees it: there indexes need
 * not be built beside anybody.
 */
export async function applyToEmpty(sql: SqlSession, migrations: readonly Migration[]): Promise<void> {
  await prepareTable(sql);
  for (const migration of migrations) {
    const statements = migration.outside
      ? migration.statements.map((statement) => statement.replaceAll(/\bconcurrently\b/giu, ""))
      : migration.statements;
    await run(sql, { ...migration, statements });
  }
}

/** Does `work`, again after a pause when others hold what it needs. */
async function patiently({ tag }: Migration, attempts: number, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (!HELD.includes(code)) {
        const cause = error instanceof Error ? error.message : String(error);
        throw new MigrationError(
          `The database can't be brought to this version's tables: the migration ${tag} failed (${cause}). It was made by another version or holds other data; nothing was changed by this migration.`,
        );
      }
      if (attempt >= attempts)
        throw new MigrationError(
          `The migration ${tag} could not have its tables in ${attempts} attempts: a backup, a long query or another program holds them. Nothing was changed by it; start again when that is done.`,
        );
      await sleep(Math.min(PAUSE_MS * attempt, LONGEST_PAUSE_MS));
    }
  }
}
