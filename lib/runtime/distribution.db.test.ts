/** The way to more than one machine, and the application there, on a stand-in for Citus. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccess } from "../../db/access.ts";
import { type Access, connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { readFacts } from "../../db/distribution/facts.ts";
import { brokenDistribution } from "../../db/distribution/rules.ts";
import { scopeRole } from "../../db/distribution/scope-roles.ts";
import { DISTRIBUTED_TABLES } from "../../db/distribution.ts";
import { sequence } from "../../db/log/tree.ts";
import { migrate } from "../../db/migrate.ts";
import { restore } from "../backup/restore.ts";
import { contentOf, emptyDatabases } from "../backup/testing.ts";
import { backUp } from "../backup/write.ts";
import { startRollcall } from "../cli/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { sampleCompany } from "../sample/company.ts";
import { createStandIn } from "./testing/citus/stand-in.ts";
import { testDatabase } from "./testing/database.ts";
import { inFolder } from "./testing/folder.ts";

const END = Date.parse("2026-06-30T12:00:00Z");

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Of the lock at which distributing waits to be killed. */
const LOCK = 4711;

describe("a database with the stand-in for Citus", () => {
  const database = testDatabase();
  const placed = async () =>
    (
      await database.owner.sql<{ name: string; key: string; group: number }[]>`
        select logicalrelid::text as name, partkey as key, colocationid as "group" from citus_stand_in.pg_dist_partition order by 1`
    ).map((row) => ({ ...row }));

  it("has nothing done to it before the extension is there", async () => {
    expect(await migrate(database.url)).toEqual([]);
  });

  it("goes on where it was cut off, distributes every table once, and breaks no rule any more", async () => {
    await createStandIn(database.owner.sql);
    const { sql } = database.owner;
    await sql`insert into citus_stand_in.waits_at values ('subject_refs', ${LOCK})`;
    await sql`select pg_advisory_lock(${LOCK})`;
    const { child, ended } = startRollcall(["migrate"], { env: { DATABASE_URL: database.url } });
    const waiting = async () =>
      (await sql`select from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted`)
        .length > 0;
    let said: string | null = null;
    void ended.then(({ out, err }) => {
      said = out + err;
    });
    while (!(await waiting())) {
      expect(said).toBeNull();
      await sleep(20);
    }
    child.kill("SIGKILL");
    await ended;
    await sql`select pg_advisory_unlock(${LOCK})`;
    await sql`delete from citus_stand_in.waits_at`;
    const before = await placed();
    expect(before.length).toBeGreaterThan(5);
    expect(before.length).toBeLessThan(DISTRIBUTED_TABLES.length);
    expect(before.map(({ name }) => name)).not.toContain("subject_refs");

    const applied = await migrate(database.url);
    expect(applied).toHaveLength(DISTRIBUTED_TABLES.length - before.length);
    expect(applied).toContain("distribution of subject_refs");
    expect(await placed()).toEqual(
      [...DISTRIBUTED_TABLES].sort().map((name) => ({ name, key: "workspace_id", group: 1 })),
    );
    expect(brokenDistribution(await readFacts(database.owner.sql))).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
    const nodes = await database.owner.sql<
      { name: string }[]
    >`select distinct name from citus_stand_in.functions order by 1`;
    expect(nodes.map(({ name }) => name)).toEqual([
      "rollcall_customer()",
      "rollcall_scope_role(text,text)",
      "rollcall_workspace()",
      "tree_only_grows()",
    ]);
  });

  describe("with the application in it", () => {
    const SCOPES = [
      { workspace: "first" },
      { workspace: "second" },
      { workspace: "first", customer: "Acme" },
      { workspace: "empty" },
    ];
    const pools: Db[] = [];
    let access: Access;
    const pool = (at: number) => pools[at] as Db;

    beforeAll(async () => {
      access = await openAccess(database.url, { secret: "secret of a database of several machines" });
      for (const { workspace } of SCOPES)
        await database.owner
          .sql`insert into workspaces (workspace_id, name) values (${workspace}, 'x') on conflict do nothing`;
      pools.push(...SCOPES.map((scope) => connect(access, scope, 2)));
      for (const at of [0, 1]) {
        const { files } = sampleCompany({ seed: 7, end: END, scale: 0.02 });
        const { workspace } = SCOPES[at] as { workspace: string };
        for (const { source, format, chunks } of files)
          await ingestText(pool(at), workspace, chunks(), source, format, "Acme");
      }
    });
    afterAll(async () => {
      await Promise.all(pools.map((db) => db.close()));
      const base = new URL(access.url).username;
      const roles = SCOPES.map(({ workspace, customer = "" }) =>
        scopeRole(nameOf(database.url), workspace, customer),
      );
      for (const role of roles) await database.owner.sql`drop role ${database.owner.sql(role)}`;
      await database.owner.sql`drop owned by ${database.owner.sql(base)}`;
      await database.owner.sql`drop role ${database.owner.sql(base)}`;
    });

    it("comes as a role for each scope, which owns nothing and is bound", async () => {
      for (const [at, { workspace, customer = "" }] of SCOPES.entries()) {
        const [row] = await pool(at).sql`select session_user::text as name, rollcall_workspace() as workspace,
          rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong from pg_roles where rolname = session_user`;
        expect({ ...row }).toEqual({
          name: scopeRole(nameOf(database.url), workspace, customer),
          workspace,
          strong: false,
        });
      }
    });

    it("works its records out, sequences them and shows them, and no other workspace's", async () => {
      for (const [at, workspace] of ["first", "second"].entries()) {
        expect(await differences(pool(at), workspace)).toEqual([]);
        expect((await runReport(pool(at), workspace, "offboarding", {})).rows.length).toBeGreaterThan(0);
        expect((await sequence(pool(at), workspace)).size).toBeGreaterThan(0);
        for (const table of DISTRIBUTED_TABLES) {
          const { sql } = pool(at);
          const rows = await sql<
            { own: boolean }[]
          >`select distinct workspace_id = ${workspace} as own from ${sql(table)}`;
          expect(
            rows.every(({ own }) => own),
            table,
          ).toBe(true);
        }
      }
      const [waiting] = await database.owner.sql`select count(*)::int as segments from unsequenced_segments`;
      expect(waiting?.segments).toBe(0);
      expect(await pool(3).sql`select from segments`).toHaveLength(0);
    });

    it("takes no record twice, neither from one that is begun again nor from another", async () => {
      const before = await pool(0).sql`select count(*)::int as n from records`;
      const [file] = sampleCompany({ seed: 7, end: END, scale: 0.02 }).files;
      const { source, format, chunks } = file as NonNullable<typeof file>;
      const again = await ingestText(pool(0), "first", chunks(), source, format, "Acme");
      expect(again).toMatchObject({ accepted: 0, rejected: 0 });
      expect(again.duplicates).toBeGreaterThan(0);
      expect(await pool(0).sql`select count(*)::int as n from records`).toEqual(before);
    });

    it("shows nothing to a customer's connection but the workspace and that customer's sources", async () => {
      const { sql } = pool(2);
      const shown: string[] = [];
      for (const table of DISTRIBUTED_TABLES)
        if ((await sql`select from ${sql(table)} limit 1`).length > 0) shown.push(table);
      expect(shown.sort()).toEqual(["log_tiles", "log_trees", "sources", "workspaces"]);
    });

    it("is shown nothing once it says to be somebody else, and can't become it", async () => {
      const one = connect(access, { workspace: "first", customer: "Acme" }, 1);
      try {
        for (const [setting, value] of [
          ["rollcall.workspace", "second"],
          ["rollcall.customer", ""],
        ] as const)
          await one.sql
            .begin(async (sql) => {
              await sql`select set_config(${setting}, ${value}, true)`;
              expect(await sql`select from workspaces`).toHaveLength(0);
              await sql`select rollcall_open_scope()`;
            })
            .then(
              () => expect.unreachable(),
              (error: unknown) => expect(error).toMatchObject({ code: "42501" }),
            );
        const other = scopeRole(nameOf(database.url), "second", "");
        await expect(one.sql`set role ${one.sql(other)}`).rejects.toMatchObject({ code: "42501" });
        await expect(one.sql`alter role ${one.sql(other)} password 'x'`).rejects.toMatchObject({
          code: "42501",
        });
        await expect(one.sql`grant ${one.sql(other)} to current_user`).rejects.toMatchObject({
          code: "42501",
        });
      } finally {
        await one.close();
      }
    });

    it("is let in as a scope only with its proof", async () => {
      const bare = postgres(access.url, {
        max: 1,
        connection: { "rollcall.workspace": "second", "rollcall.proof": "0".repeat(64) } as Record<
          string,
          string
        >,
      });
      await expect(bare`select rollcall_open_scope()`).rejects.toMatchObject({ code: "42501" });
      await bare.end();
      const url = new URL(access.url);
      url.username = scopeRole(nameOf(database.url), "second", "");
      const guessed = postgres(url.href, { max: 1 });
      await expect(guessed`select 1`).rejects.toMatchObject({ code: "28P01" });
      await guessed.end();
    });

    it("asks for the role again when that failed", async () => {
      const wrong = { ...access, key: Buffer.from("another key") };
      const db = connect(wrong, { workspace: "first" }, 1);
      await expect(db.sql`select 1`).rejects.toMatchObject({ code: "42501" });
      await expect(db.sql`select 1`).rejects.toMatchObject({ code: "42501" });
      await db.close();
    });
  });
});

describe("an installation that moves", () => {
  const source = testDatabase();
  const empty = emptyDatabases();

  it("is backed up on one machine and restored into a database with the stand-in, distributed; and back", () =>
    inFolder(async (folder) => {
      const [file] = sampleCompany({ seed: 7, end: END, scale: 0.02 }).files;
      const { source: name, format, chunks } = file as NonNullable<typeof file>;
      await ingestText(source.db, DEFAULT_WORKSPACE, chunks(), name, format);
      const content = await contentOf(source.url);
      const [several, one] = [await empty(), await empty()];
      const made = connectAsOwner(several);
      await createStandIn(made.sql);
      await made.close();

      await backUp(source.url, join(folder, "one.zip"));
      const moved = await restore(several, join(folder, "one.zip"));
      expect(moved.migrated).toHaveLength(DISTRIBUTED_TABLES.length);
      expect(await contentOf(several)).toEqual(content);
      await backUp(several, join(folder, "several.zip"));
      expect((await restore(one, join(folder, "several.zip"))).migrated).toEqual([]);
      expect(await contentOf(one)).toEqual(content);
    }));
});
