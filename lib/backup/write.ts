/** `backup`: every table of one moment in one zip, while others read and write. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { countRows, quoted, readSequences, readTables, type TableShape } from "../../db/catalog.ts";
import { connectAsOwner, type SqlSession } from "../../db/client.ts";
import { copyFrom } from "../../db/copy.ts";
import { readMonths } from "../../db/log/months.ts";
import { readMigrations } from "../../db/migration-files.ts";
import { migrationState, NEWER_DATABASE } from "../../db/migration-state.ts";
import { writeWhole } from "../files/whole.ts";
import { ZipWriter } from "../files/zip-writer.ts";
import { ROLLCALL_VERSION } from "../runtime/version.ts";
import { FORMAT_VERSION, MANIFEST, type Manifest } from "./manifest.ts";
import { BackupProblem, explained } from "./problem.ts";
import { backedUp } from "./tables.ts";

/** Fast: it makes text a fifth of its size, and more would take longer than writing what it saves. */
const LEVEL = 1;

/**
 * A column of this type names a transaction of the server that it was written on. On another that number comes again for
 * something else, so the backup has one that never is a transaction's.
 */
const TRANSACTION = "xid8";
const NO_TRANSACTION = "'0'";

export interface BackupProgress {
  /** 0 to 1, about: from what the tables take on disk. */
  share: number;
  table: string;
}

export interface BackupOptions {
  /** Replaces a file that is there. */
  force?: boolean;
  /** The home's secrets, encrypted (secrets.ts); without it none are in the backup. */
  secrets?: Buffer | undefined;
}

/** The JSON of `backup --json`. */
export interface BackupResult {
  file: string;
  bytes: number;
  tables: number;
  rows: number;
  secrets: boolean;
  seconds: number;
}

/** The tables' rows as parts of the zip; counts the bytes that go by. */
async function* measured(parts: AsyncIterable<Buffer>, each: (bytes: number) => void) {
  for await (const part of parts) {
    each(part.length);
    yield part;
  }
}

/** The query of a table's rows. */
function rowsOf(target: string, columns: TableShape["columns"]): string {
  const list = columns.map((column) =>
    column.type === TRANSACTION ? `${NO_TRANSACTION}::xid8` : quoted(column.name),
  );
  return `(/* cross-workspace: a backup holds all workspaces */ select ${list.join(", ")} from ${target})`;
}

/** One moment of the database, which others can neither change nor take away while it is read. */
async function beginSnapshot(
  sql: SqlSession,
): Promise<{ tables: TableShape[]; migrations: Manifest["migrations"] }> {
  // An error is wanted where row-level security would leave rows out, and a large table takes as long as it takes.
  await sql`select set_config('row_security', 'off', true), set_config('statement_timeout', '0', true),
    set_config('idle_in_transaction_session_timeout', '0', true)`;
  const { applied, unknown } = await migrationState(sql, readMigrations());
  if (unknown > 0) throw new BackupProblem("newer", NEWER_DATABASE);
  if (applied.length === 0)
    throw new BackupProblem(
      "database",
      "There are no tables of Rollcall in this database: nothing to back up.",
    );
  const tables = (await readTables(sql)).filter(backedUp);
  await sql.unsafe(
    `/* cross-workspace: a backup is of one moment in all workspaces */ lock table ${tables.map(({ target }) => target).join(", ")} in access share mode`,
  );
  return { tables, migrations: applied.map(({ tag, when, hash }) => ({ tag, when, hash })) };
}

/** Writes what the transaction sees. @returns the manifest, which is the zip's last file. */
async function writeTables(
  sql: SqlSession,
  zip: ZipWriter,
  secrets: Buffer | undefined,
  onProgress: (now: BackupProgress) => void,
): Promise<Manifest> {
  const { tables, migrations } = await beginSnapshot(sql);
  const [server] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const written: Manifest["tables"] = [];
  for (const { name, target, columns, compressed, bytes: size } of tables) {
    const path = `tables/${name}.copy`;
    let read = 0;
    const parts = measured(copyFrom(sql, rowsOf(target, columns)), (bytes) => {
      read += bytes;
      onProgress({ share: (done + Math.min(read, size)) / all, table: name });
    });
    const { bytes, sha256 } = await zip.add(path, parts, compressed ? 0 : LEVEL);
    written.push({ name, columns, path, bytes, sha256, rows: await countRows(sql, target) });
    done += size;
  }
  return {
    product: "Rollcall backup",
    formatVersion: FORMAT_VERSION,
    rollcallVersion: ROLLCALL_VERSION,
    createdAt: new Date().toISOString(),
    postgresVersion: server?.version ?? "",
    migrations,
    tables: written,
    sequences: await readSequences(sql),
    months: await readMonths(sql),
    secrets:
      secrets === undefined ? null : { path: "secrets.enc", ...(await zip.add("secrets.enc", [secrets], 0)) },
  };
}

/**
 * Streams a backup of the database at `url` to `target` and ends it. All tables are of one moment, whatever is written
 * meanwhile; memory does not grow with them.
 * @throws BackupProblem, or what the database or the target threw; the target is destroyed then.
 */
export async function writeBackup(
  url: string,
  target: Writable,
  secrets?: Buffer,
  onProgress: (now: BackupProgress) => void = () => {},
): Promise<Manifest> {
  const zip = new ZipWriter(target, "backup");
  const db = connectAsOwner(url);
  // What the connection says when it is left in the middle of a table is not what went wrong.
  let first: unknown;
  try {
    return await db.sql.begin("isolation level repeatable read read only", async (sql) => {
      try {
        const manifest = await writeTables(sql, zip, secrets, onProgress);
        const text = `${JSON.stringify(manifest, null, 2)}\n`;
        await zip.add(MANIFEST, [text]);
        await zip.end(createHash("sha256").update(text).digest("hex"));
        return manifest;
      } catch (error) {
        first = error;
        await zip.abandon(error);
        throw error;
      }
    });
  } catch (error) {
    await zip.abandon(error);
    throw explained(first ?? error);
  } finally {
    await db.close();
  }
}

/**
 * Backs the database at `url` up into `file`, which only its owner can read. The file is there when the backup is whole.
 * @throws BackupProblem or FileProblem with a sentence for the person at the keyboard, or what the database threw.
 */
export async function backUp(
  url: string,
  file: string,
  { force = false, secrets }: BackupOptions = {},
  onProgress?: (now: BackupProgress) => void,
): Promise<BackupResult> {
  const started = performance.now();
  const { tables } = await writeWhole(file, { what: "backup", mode: 0o600, replace: force }, (target) =>
    writeBackup(url, target, secrets, onProgress),
  );
  return {
    file,
    bytes: (await stat(file)).size,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    secrets: secrets !== undefined,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}
