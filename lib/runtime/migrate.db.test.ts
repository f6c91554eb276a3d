/** Migrations on a database that is in use. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { MIGRATIONS_FOLDER } from "../../db/migration-files.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "./testing/database.ts";
import { inFolder } from "./testing/folder.ts";

const EXPAND = `CREATE TABLE "notes" ("workspace_id" text NOT NULL, "note" text NOT NULL);
--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "remark" text;
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "watched" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX "sources_by_customer" ON "sources" ("customer");`;

const INDEX = `-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "records_by_segment";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "records_by_segment" ON "records" ("workspace_id", "segment");`;

/** The folder of a later version: the migrations there are, and these. */
async function laterVersion(folder: string, files: Record<string, string>): Promise<string> {
  const later = join(folder, "migrations");
  await cp(MIGRATIONS_FOLDER, later, { recursive: true });
  const path = join(later, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(path, "utf8")) as { entries: { when: number }[] };
  for (const [tag, sql] of Object.entries(files)) {
    await writeFile(join(later, `${tag}.sql`), sql);
    const { entries } = journal;
    const when = (entries.at(-1)?.when ?? 0) + 1;
    entries.push({ idx: entries.length, version: "7", when, tag, breakpoints: true } as { when: number });
  }
  await writeFile(path, JSON.stringify(journal));
  return later;
}

const columnsOf = async (db: Db, table: string) =>
  (
    await db.sql<{ name: string }[]>`
      select attname as name from pg_attribute
      where attrelid = to_regclass(${table}) and attnum > 0 order by attnum`
  ).map(({ name }) => name);

const indexIsValid = async (db: Db, name: string) =>
  (
    await db.sql<{ valid: boolean }[]>`
      select indisvalid as valid from pg_index where indexrelid = to_regclass(${name})`
  )[0]?.valid;

const load = (db: Db, chunks: AsyncIterable<Uint8Array>) =>
  ingest(db, DEFAULT_WORKSPACE, commandLine(), { chunks, file: null, bytesTotal: null, source: "okta" });

describe("while a program of the version before reads and writes", { timeout: 120_000 }, () => {
  const used = testDatabase();

  it("a migration that adds a table, columns and indexes fails no query and loses no row", () =>
    inFolder(async (folder) => {
      const later = await laterVersion(folder, { "9001_expand": EXPAND, "9002_index": INDEX });
      const { db } = used;
      let migrated = false;
      let batches = 0;
      async function* endless() {
        // Goes on until the migration is done, and a little longer.
        for (let seed = 1, after = 0; after < 2; seed++) {
          if (migrated) after += 1;
          for (const chunk of oktaLog(2_000, seed)) yield chunk;
          batches += 1;
          await setImmediate();
        }
      }
      let reads = 0;
      const reader = async () => {
        for (let after = 0; after < 2; reads++) {
          if (migrated) after += 1;
          await runReport(db, DEFAULT_WORKSPACE, "offboarding", {});
          await db.sql`select count(*) from segments`;
        }
      };
      const writer = load(db, endless());
      const readers = [reader(), reader()];
      while (batches < 2) await setImmediate();
      const before = reads;
      expect(await migrate(used.url, { folder: later })).toEqual(["9001_expand", "9002_index"]);
      migrated = true;
      await Promise.all(readers);
      const result = await writer;
      expect(reads).toBeGreaterThan(before);
      expect(result).toMatchObject({ rejected: 0, accepted: result.records - result.duplicates });
      const [stored] = await db.sql<{ records: number }[]>`select count(*)::int as records from records`;
      expect(stored?.records).toBe(result.accepted);
      expect(await differences(db, DEFAULT_WORKSPACE)).toEqual([]);
      expect(await columnsOf(db, "segments")).toContain("remark");
      expect(await indexIsValid(db, "records_by_segment")).toBe(true);
      expect(await indexIsValid(used.owner, "log_months.records_by_segment_before")).toBe(true);
    }));

  it("a program that starts only now is told that the database is newer", async () => {
    await expect(migrate(used.url)).rejects.toThrow("the tables of a newer Rollcall");
    await expect(migrate(used.url)).rejects.toMatchObject({ name: "MigrationError" });
  });
});

describe("migrate", { timeout: 120_000 }, () => {
  const held = testDatabase();
  const raced = testDatabase();
  const failing = testDatabase();

  it("gives way to who holds a table, changes nothing then, and gets it at a later attempt", () =>
    inFolder(async (folder) => {
      const later = await laterVersion(folder, { "9001_expand": EXPAND });
      const { db } = held;
      const hold = async (work: () => Promise<unknown>) =>
        db.sql.begin(async (sql) => {
          await sql`select count(*) from segments`;
          await work();
        });
      await hold(async () => {
        await expect(migrate(held.url, { folder: later, attempts: 1 })).rejects.toThrow(
          "The migration 9001_expand could not have its tables in 1 attempts",
        );
        // Nobody stands in a queue any more, and what came before the statement that waited is taken back.
        expect(await db.sql`select 1 from segments`).toHaveLength(0);
        expect(await columnsOf(db, "notes")).toEqual([]);
      });
      let applied: Promise<string[]> | undefined;
      await hold(async () => {
        applied = migrate(held.url, { folder: later });
        // Until it stands in the queue once and has left it again.
        const waits = async () =>
          (await db.sql`select 1 from pg_locks where not granted and relation = 'segments'::regclass`)
            .length > 0;
        while (!(await waits())) await setImmediate();
        while (await waits()) await setImmediate();
      });
      expect(await applied).toEqual(["9001_expand"]);
      expect(await columnsOf(db, "notes")).toHaveLength(2);
    }));

  it("applies each migration once, however many begin at once", () =>
    inFolder(async (folder) => {
      const later = await laterVersion(folder, { "9001_expand": EXPAND, "9002_index": INDEX });
      const all = await Promise.all([1, 2, 3, 4].map(() => migrate(raced.url, { folder: later })));
      expect(all.flat().sort()).toEqual(["9001_expand", "9002_index"]);
      expect(await indexIsValid(raced.db, "records_by_segment")).toBe(true);
      expect(await migrate(raced.url, { folder: later })).toEqual([]);
    }));

  it("keeps what was applied before one that fails, and says which failed", () =>
    inFolder(async (folder) => {
      const later = await laterVersion(folder, {
        "9001_expand": EXPAND,
        "9002_wrong": 'ALTER TABLE "notes" ADD COLUMN "a" text; ALTER TABLE "nowhere" ADD COLUMN "a" text;',
      });
      await expect(migrate(failing.url, { folder: later })).rejects.toThrow(
        /the migration 9002_wrong failed \(relation "nowhere" does not exist\)/u,
      );
      expect(await columnsOf(failing.db, "notes")).toEqual(["workspace_id", "note"]);
    }));
});
