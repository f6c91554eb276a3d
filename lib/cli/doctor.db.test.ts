/** rollcall doctor and rollcall migrate, each against what they are there to notice. */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readMigrations } from "../../db/migration-files.ts";
import { startIngest } from "../../db/queries/ingests.ts";
import { act } from "../auth/act.ts";
import { commandLine } from "../auth/caller.ts";
import { checkDisk, checkNode, examine, type Finding } from "../runtime/doctor.ts";
import { homeAt } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { runRollcall } from "./testing.ts";

describe("doctor", () => {
  const database = testDatabase();

  async function doctor(home: string, url = database.url) {
    vi.stubEnv("DATABASE_URL", url);
    const findings = await examine(homeAt(home), () => {});
    return { findings, wrong: findings.filter((finding) => !finding.ok) };
  }
  afterEach(() => void vi.unstubAllEnvs());

  it("finds nothing wrong where nothing is, a sentence for each check", () =>
    inFolder(async (folder) => {
      const { findings, wrong } = await doctor(folder);
      expect(wrong).toEqual([]);
      expect(findings.map(({ check }) => check)).toEqual([
        "node",
        "home",
        "disk",
        "database",
        "clock",
        "migrations",
        "ingests",
      ]);
      const { code, out } = await runRollcall(["doctor"], {
        env: { DATABASE_URL: database.url, ROLLCALL_HOME: folder },
      });
      expect(code).toBe(0);
      expect(out.trimEnd().split("\n")).toEqual(findings.map(() => expect.stringMatching(/^ok {5}.*\.$/u)));
    }));

  it("tells an ingest that was cut off, until it was run again", () =>
    inFolder(async (folder) => {
      const { db } = database;
      const begin = (ingest: string) =>
        act({ db, workspace: "main", by: commandLine() }, "ingest", "ingest", async (sql) => {
          const none = { source: "", format: "", bytesTotal: null };
          await startIngest(sql, "main", { ingest, file: "okta.json", ...none });
          return { result: undefined, object: ingest };
        });
      const first = "00000000-0000-0000-0000-000000000001";
      const second = "00000000-0000-0000-0000-000000000002";
      await begin(first);
      expect((await doctor(folder)).wrong).toEqual([]);
      await db.sql`update ingests set started_at = now() - interval '1 hour', heartbeat_at = now() - interval '1 hour'`;
      expect((await doctor(folder)).wrong).toEqual([
        expect.objectContaining({ check: "ingests", sentence: expect.stringContaining("okta.json into") }),
      ]);
      await begin(second);
      expect((await doctor(folder)).wrong).toHaveLength(1);
      await db.sql`update ingests set state = 'done', source = 'okta' where ingest = ${second}`;
      expect((await doctor(folder)).wrong).toEqual([]);
    }));

  it("tells tables of a newer version, which migrate refuses, with exit code 1", () =>
    inFolder(async (folder) => {
      const { owner, url } = database;
      await owner.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`;
      const call = { env: { DATABASE_URL: url, ROLLCALL_HOME: folder } };
      const { code, out } = await runRollcall(["doctor", "--json"], call);
      const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] };
      expect([code, ok]).toEqual([1, false]);
      expect(findings.filter((finding) => !finding.ok)).toEqual([
        { check: "migrations", ok: false, sentence: expect.stringContaining("newer Rollcall") },
      ]);
      const refused = await runRollcall(["migrate"], call);
      expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^This database .*\.\n$/u) });
      await owner.sql`delete from drizzle.__drizzle_migrations where hash = 'later'`;
    }));

  it("tells missing tables, which migrate makes", () =>
    inFolder(async (folder) => {
      const { owner, url } = database;
      for (const what of [
        "drop schema drizzle cascade",
        "drop schema public cascade",
        "create schema public",
      ])
        await owner.sql.unsafe(what);
      expect((await doctor(folder)).wrong).toEqual([
        expect.objectContaining({
          check: "migrations",
          sentence: expect.stringContaining("lacks 0000_first"),
        }),
      ]);
      const { code, out } = await runRollcall(["migrate", "--json"], {
        env: { DATABASE_URL: url, ROLLCALL_HOME: folder },
      });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({ applied: readMigrations().map(({ tag }) => tag) });
      expect((await doctor(folder)).wrong).toEqual([]);
    }));

  it("goes on where the home is no folder and the database out of reach", () =>
    inFolder(async (folder) => {
      const file = join(folder, "file");
      await writeFile(file, "");
      const { findings, wrong } = await doctor(file, "postgres://nobody:nothing@127.0.0.1:1/none");
      expect(wrong.map(({ check }) => check)).toEqual(["home", "database"]);
      expect(wrong[0]?.sentence).toContain("is not a folder");
      expect(wrong[1]?.sentence).toContain("nothing listens there");
      expect(findings.map(({ check }) => check)).toEqual(["node", "home", "disk", "database"]);
    }));

  it("makes nothing where nothing is yet", () =>
    inFolder(async (folder) => {
      expect((await doctor(join(folder, "new"), "")).wrong).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
    }));
});

it("an old Node and a full disk are told", async () => {
  expect(checkNode("20.8.1").ok).toBe(false);
  expect(checkNode("18.99.0").ok).toBe(false);
  expect(checkNode("20.9.0").ok).toBe(true);
  expect(checkNode("22.1.0").ok).toBe(true);
  await inFolder(async (folder) => {
    expect(await checkDisk(homeAt(folder), Number.MAX_SAFE_INTEGER)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("Make room"),
    });
  });
});
