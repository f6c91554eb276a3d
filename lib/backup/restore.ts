/** `restore`: a backup into an empty database, all of it or nothing. */
import { buffer } from "node:stream/consumers";
import {
  countRows,
  dropAll,
  filledTables,
  quoted,
  readReferences,
  readTables,
  setSequence,
  stopTriggers,
  type TableShape,
} from "../../db/catalog.ts";
import { connectAsOwner, type SqlSession } from "../../db/client.ts";
import { copyParts } from "../../db/copy.ts";
import { makeMonths } from "../../db/log/months.ts";
import { applyToEmpty, migrate, takeTurn } from "../../db/migrate.ts";
import { type Migration, readMigrations } from "../../db/migration-files.ts";
import { migrationState } from "../../db/migration-state.ts";
import type { Manifest } from "./manifest.ts";
import { loadOrder } from "./order.ts";
import { BackupProblem, explained } from "./problem.ts";
import { OpenBackup } from "./read.ts";
import { decryptSecrets, type HomeSecrets } from "./secrets.ts";
import { backedUp } from "./tables.ts";

/** Long enough for a query that is just ending; who holds a table longer has to be stopped by a person. */
const LOCK_TIMEOUT = "10s";

/** What a database has that was started once and never used. */
const ALWAYS_THERE = ["workspaces"];

export interface RestoreOptions {
  /** Takes away what the database holds. */
  replace?: boolean;
  /** Opens the secrets in the backup; they are given back, and nothing is done with them. */
  passphrase?: string | undefined;
}

export interface RestoreProgress {
  phase: "checking" | "loading";
  /** 0 to 1. */
  share: number;
  name: string;
}

export interface Restored {
  manifest: Manifest;
  tables: number;
  rows: number;
  /** Migrations that are newer than the backup and were applied after it. */
  migrated: string[];
  secrets: HomeSecrets | null;
}

/** The migrations that the backup's database had. @throws BackupProblem when this program doesn't know one. */
function migrationsOf({ migrations, rollcallVersion }: Manifest): Migration[] {
  const known = new Map(readMigrations().map((migration) => [migration.when, migration]));
  return migrations.map(({ tag, when }) => {
    const migration = known.get(when);
    if (migration !== undefined) return migration;
    throw new BackupProblem(
      "newer",
      `The backup was made by Rollcall ${rollcallVersion} and has tables that this version doesn't know (${tag}). Restore it with that version or a newer one.`,
    );
  });
}

/** @throws BackupProblem when the database is in use, another program's, or holds what nobody said may go. */
async function checkTarget(sql: SqlSession, replace: boolean): Promise<void> {
  if (!(await takeTurn(sql, "transaction")))
    throw new BackupProblem(
      "in-use",
      "Another process is just changing this database's tables. Try again in a moment.",
    );
  const [others] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name like 'rollcall%'`;
  if (others !== undefined && others.count > 0)
    throw new BackupProblem(
      "in-use",
      "Rollcall runs on this database. Stop it, then restore; nothing was changed.",
    );
  const tables = await readTables(sql);
  const { applied, unknown } = await migrationState(sql, readMigrations());
  if (tables.length > 0 && applied.length === 0 && unknown === 0)
    throw new BackupProblem(
      "not-empty",
      "This database holds tables of another program. Restore into one of its own; nothing was changed.",
    );
  const filled = (await filledTables(sql, tables.filter(backedUp))).filter(
    (name) => !ALWAYS_THERE.includes(name),
  );
  if (filled.length > 0 && !replace)
    throw new BackupProblem(
      "not-empty",
      `This database is not empty (${filled.join(", ")}). Restore into an empty one, or give --replace to take away what it holds; nothing was changed.`,
    );
}

/** The table into which a backup's rows go. @throws BackupProblem when it isn't as the backup has it. */
function targetOf(
  { name, columns }: Manifest["tables"][number],
  shapes: Map<string, TableShape>,
): TableShape {
  const shape = shapes.get(name);
  const spelt = (list: TableShape["columns"]) => list.map((column) => `${column.name} ${column.type}`).sort();
  if (shape !== undefined && spelt(shape.columns).join() === spelt(columns).join()) return shape;
  throw new BackupProblem(
    "newer",
    `The backup's table ${name} is not one that the migrations of this version make. Restore it with the version that made the backup; nothing was changed.`,
  );
}

/** Makes the tables anew and fills them, in the transaction of `sql`. */
async function load(
  sql: SqlSession,
  backup: OpenBackup,
  migrations: readonly Migration[],
  onProgress: (now: RestoreProgress) => void,
): Promise<void> {
  const { tables, sequences, months } = backup.manifest;
  await dropAll(sql);
  await applyToEmpty(sql, migrations);
  await makeMonths(sql, months);
  const shapes = new Map((await readTables(sql)).map((shape) => [shape.name, shape]));
  const made = [...shapes.values()].filter(backedUp);
  const resume = await stopTriggers(sql, made);
  // A migration may have put rows there; the backup has its own.
  await sql.unsafe(
    `/* cross-workspace: a restore is of all workspaces */ truncate ${made.map(({ target }) => target).join(", ")}`,
  );
  const byName = new Map(tables.map((table) => [table.name, table]));
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const name of loadOrder([...byName.keys()], await readReferences(sql))) {
    const table = byName.get(name);
    if (table === undefined) continue;
    const { target } = targetOf(table, shapes);
    const list = table.columns.map((column) => quoted(column.name));
    const parts = backup.read(table.path);
    async function* measured() {
      for await (const part of parts) {
        done += part.length;
        onProgress({ phase: "loading", share: done / all, name });
        yield part;
      }
    }
    const rows = await copyParts(
      sql,
      `/* cross-workspace: a restore is of all workspaces */ ${target} (${list.join(", ")})`,
      measured(),
      () => countRows(sql, target),
    );
    if (rows !== table.rows)
      throw new BackupProblem(
        "damaged",
        `The backup's table ${name} gave ${rows} rows and should have ${table.rows}; nothing was changed.`,
      );
  }
  for (const sequence of sequences) await setSequence(sql, sequence);
  // What is checked at the end of a transaction is checked now: a table with checks to come can't be altered.
  await sql`set constraints all immediate`;
  await resume();
}

/**
 * Restores `file` into the database at `url` and brings it to this version's tables. All is checked before anything is
 * touched, and loaded in one transaction: cut off at any moment, the database is as it was.
 * @throws BackupProblem with a sentence for the person at the keyboard, or what the database threw.
 */
export async function restore(
  url: string,
  file: string,
  { replace = false, passphrase }: RestoreOptions = {},
  onProgress: (now: RestoreProgress) => void = () => {},
): Promise<Restored> {
  const backup = await OpenBackup.open(file);
  try {
    const { manifest } = backup;
    const migrations = migrationsOf(manifest);
    await backup.check((share, name) => onProgress({ phase: "checking", share, name }));
    const secrets = passphrase === undefined ? null : await openSecrets(backup, passphrase);
    await inOneTransaction(url, async (sql) => {
      await checkTarget(sql, replace);
      await load(sql, backup, migrations, onProgress);
    });
    const migrated = await migrate(url);
    return {
      manifest,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      migrated,
      secrets,
    };
  } finally {
    backup.close();
  }
}

async function openSecrets(backup: OpenBackup, passphrase: string): Promise<HomeSecrets> {
  const { secrets } = backup.manifest;
  if (secrets === null)
    throw new BackupProblem(
      "no-secrets",
      "The backup holds no secrets: it was made without --with-secrets. Restore it without that, too; nothing was changed.",
    );
  return decryptSecrets(await buffer(backup.read(secrets.path)), passphrase);
}

async function inOneTransaction(url: string, work: (sql: SqlSession) => Promise<void>): Promise<void> {
  const db = connectAsOwner(url);
  // What the connection says when it is left in the middle of a table is not what went wrong.
  let first: unknown;
  try {
    await db.sql.begin(async (sql) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true), set_config('row_security', 'off', true),
        set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`;
      await work(sql).catch((error: unknown) => {
        first = error;
        throw error;
      });
    });
    // Without statistics the first questions would be answered by the wrong plans.
    await db.sql`analyze`;
  } catch (error) {
    throw explained(first ?? error);
  } finally {
    await db.close();
  }
}
