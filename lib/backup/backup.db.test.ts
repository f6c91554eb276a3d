/** A backup restored is what was backed up, whatever went on meanwhile. */
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import postgres from "postgres";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { openAccess } from "../../db/access.ts";
import { connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { setSla } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { differences } from "../reports/check.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { sampleCompany } from "../sample/company.ts";
import { restore } from "./restore.ts";
import { contentOf, emptyDatabases } from "./testing.ts";
import { backUp, writeBackup } from "./write.ts";

const END = Date.parse("2026-06-30T12:00:00Z");

async function* encoded(chunks: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    yield Buffer.from(chunk);
    await setImmediate();
  }
}

const load = (db: Db, chunks: AsyncIterable<Uint8Array>, source: string, format?: string) =>
  ingest(db, DEFAULT_WORKSPACE, commandLine(), { chunks, file: null, bytesTotal: null, source, format });

/** Uses a restored database as the application and as its owner. */
async function inRestored<T>(url: string, use: (db: Db, owner: Db) => Promise<T>): Promise<T> {
  const access = await openAccess(url, { secret: "secret of the tests" });
  const [db, owner] = [connect(access, { workspace: DEFAULT_WORKSPACE }, 4), connectAsOwner(url)];
  try {
    return await use(db, owner);
  } finally {
    await db.close();
    await owner.close();
  }
}

describe("a backup", { timeout: 180_000 }, () => {
  const source = testDatabase();
  const busy = testDatabase();
  const empty = emptyDatabases();

  beforeAll(async () => {
    for (const file of sampleCompany({ seed: 3, end: END, scale: 0.1 }).files)
      await load(source.db, encoded(file.chunks()), file.source, file.format);
    await load(source.db, encoded(["not a record\n", '{"nor": "this"}\n']), "okta");
    await setSla(source.db, DEFAULT_WORKSPACE, commandLine(), "Slack", 4);
  }, 120_000);

  it("restored into another database is the same row for row, says the same, and goes on", () =>
    inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      const made = await backUp(source.url, file);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const url = await empty();
      const restored = await restore(url, file);
      expect(restored).toMatchObject({ tables: made.tables, rows: made.rows, migrated: [], secrets: null });
      const content = await contentOf(source.url);
      expect(content).toMatchObject({ rejected_records: expect.stringMatching(/^2 /u) });
      expect(await contentOf(url)).toEqual(content);
      await inRestored(url, async (db, owner) => {
        const old = source.owner.sql;
        expect(
          await owner.sql`select hash, created_at from drizzle.__drizzle_migrations order by id`,
        ).toEqual(await old`select hash, created_at from drizzle.__drizzle_migrations order by id`);
        // Keys and transactions' numbers are those of one server.
        expect(await owner.sql`select key from scope_keys`).not.toEqual(
          await old`select key from scope_keys`,
        );
        expect(await owner.sql`select distinct tx::text from audit_entries`).toEqual([{ tx: "0" }]);
        expect(await differences(db, DEFAULT_WORKSPACE)).toEqual([]);
        for (const name of REPORT_NAMES)
          expect(await runReport(db, DEFAULT_WORKSPACE, name, { asOf: END })).toEqual(
            await runReport(source.db, DEFAULT_WORKSPACE, name, { asOf: END }),
          );
        // The numbers of new rows go on, and the triggers watch again.
        expect(await load(db, encoded(oktaLog(500, 77)), "okta")).toMatchObject({ accepted: 500 });
        expect(await differences(db, DEFAULT_WORKSPACE)).toEqual([]);
        await expect(owner.sql`update application_settings set sla_hours = 8`).rejects.toThrow(
          "without an entry in the audit log",
        );
      });
    }));

  it("made while records arrive is of one moment", () =>
    inFolder(async (folder) => {
      const { db } = busy;
      let done = false;
      async function* endless() {
        for (let seed = 1; !done; seed++) yield* encoded(oktaLog(4_000, seed));
      }
      const writing = load(db, endless(), "okta");
      const stored = async () => (await db.sql`select 1 from segments limit 1`).length > 0;
      while (!(await stored())) await setImmediate();
      const file = join(folder, "backup.zip");
      await backUp(busy.url, file).finally(() => {
        done = true;
      });
      const all = await writing;
      const url = await empty();
      await restore(url, file);
      await inRestored(url, async (then) => {
        const [row] = await then.sql<{ records: number; segments: number; ingests: number; state: string }[]>`
          select (select count(*)::int from records) as records,
            (select sum(records)::int from segments) as segments,
            (select accepted::int from ingests) as ingests, (select state from ingests) as state`;
        expect(row?.records).toBeGreaterThan(0);
        expect(row?.records).toBeLessThan(all.accepted);
        expect(row).toEqual({
          records: row?.records,
          segments: row?.records,
          ingests: row?.records,
          state: "running",
        });
        expect(await differences(then, DEFAULT_WORKSPACE)).toEqual([]);
      });
    }));

  it("replaces what a database holds only when told to", () =>
    inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      const other = join(folder, "other.zip");
      await backUp(source.url, file);
      await backUp(busy.url, other);
      const url = await empty();
      await restore(url, other);
      const before = await contentOf(url);
      await expect(restore(url, file)).rejects.toThrow(/is not empty \(.*segments.*give --replace/u);
      expect(await contentOf(url)).toEqual(before);
      await restore(url, file, { replace: true });
      expect(await contentOf(url)).toEqual(await contentOf(source.url));
    }));

  it("is not restored where Rollcall runs, nor over another program's tables", () =>
    inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      await backUp(source.url, file);
      const url = await empty();
      const running = connectAsOwner(url);
      await running.sql`create table invoices (invoice int)`;
      await expect(restore(url, file, { replace: true })).rejects.toThrow("Rollcall runs on this database.");
      await running.close();
      await expect(restore(url, file, { replace: true })).rejects.toThrow("tables of another program");
      expect(await contentOf(url)).toEqual({ invoices: "0 " });
    }));

  it("is made and restored by an owner who is no superuser, and by nobody who sees less", () =>
    inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      await backUp(source.url, file);
      const url = new URL(await empty());
      const name = url.pathname.slice(1);
      const admin = postgres(inject("serverUrl"), { max: 1, onnotice: () => {} });
      const keeper = `keeper_${name}`;
      await admin.unsafe(`create role ${keeper} login password 'keeps'`);
      try {
        await admin.unsafe(`alter database ${name} owner to ${keeper}`);
        url.username = keeper;
        url.password = "keeps";
        await restore(url.href, file);
        expect(await contentOf(url.href)).toEqual(await contentOf(source.url));
        await backUp(url.href, join(folder, "again.zip"));
        const seesLess = source.access.url;
        await expect(backUp(seesLess, join(folder, "less.zip"))).rejects.toThrow("Connect as their owner");
        const owner = connectAsOwner(url.href);
        await owner.sql`alter table members force row level security`;
        await owner.close();
        await expect(backUp(url.href, join(folder, "less.zip"))).rejects.toThrow("row-level security");
        await expect(stat(join(folder, "less.zip"))).rejects.toThrow("ENOENT");
      } finally {
        await admin.unsafe(`drop database ${name} with (force)`);
        await admin.unsafe(`drop role ${keeper}`);
        await admin.end();
      }
    }));

  it("never replaces a file unless told to", () =>
    inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      await writeFile(file, "mine");
      await expect(backUp(source.url, file)).rejects.toThrow(
        `The backup can't be written to ${file}: there is a file already. Give another path with -o, or --force`,
      );
      await backUp(source.url, file, { force: true });
      expect((await stat(file)).size).toBeGreaterThan(10_000);
    }));

  it("whose disk is full ends with that, and leaves the database to others", async () => {
    let taken = 0;
    const full = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        done(taken > 50_000 ? new Error("the disk is full") : null);
      },
    });
    await expect(writeBackup(source.url, full)).rejects.toThrow("the disk is full");
    const left = async () =>
      (
        await source.owner
          .sql`select 1 from pg_locks where mode = 'AccessShareLock' and pid <> pg_backend_pid()
        and relation = 'segments'::regclass`
      ).length;
    while ((await left()) > 0) await setImmediate();
  });

  it("of a database without tables is none", () =>
    inFolder(async (folder) => {
      await expect(backUp(await empty(), join(folder, "backup.zip"))).rejects.toThrow("nothing to back up");
    }));
});
