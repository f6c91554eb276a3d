/** Whether the tables could be on more than one machine: rules held against the catalog, and the way there on a stand-in. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadModule, parsePlPgSQLSync, parseSync } from "libpg-query";
import postgres, { type TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccess } from "../../db/access.ts";
import { type Access, connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { readFacts } from "../../db/distribution/facts.ts";
import { brokenDistribution, OWN_RULES } from "../../db/distribution/rules.ts";
import { scopeRole } from "../../db/distribution/scope-roles.ts";
import { DISTRIBUTED_TABLES, FUNCTIONS, PLACEMENTS, TRIGGERS_TAKEN_AWAY } from "../../db/distribution.ts";
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
import { judge } from "./testing/one-workspace/judge.ts";

const POLICY = /^\w+ has a query in its policy workspace\.$/u;
const TRIGGER = /^\w+ has the trigger \w+, whose function reads other tables\.$/u;

describe("the schema", () => {
  const database = testDatabase();

  it("has each table in the list, and breaks no rule but those that distributing mends", async () => {
    const broken = brokenDistribution(await readFacts(database.owner.sql));
    expect(broken.filter((sentence) => !POLICY.test(sentence) && !TRIGGER.test(sentence))).toEqual([]);
    // Each table that is distributed has a policy that asks once for the scope.
    expect(broken.filter((sentence) => POLICY.test(sentence))).toHaveLength(DISTRIBUTED_TABLES.length);
    const triggers = await database.owner.sql<{ name: string }[]>`
      select distinct f.proname as name from pg_trigger t join pg_proc f on f.oid = t.tgfoid
      where not t.tgisinternal and f.pronamespace = 'public'::regnamespace`;
    const reading = triggers.map(({ name }) => name).filter((name) => FUNCTIONS[name] !== "node");
    expect(reading.sort()).toEqual(Object.keys(TRIGGERS_TAKEN_AWAY).sort());
  });

  const BREAKS: [what: string, statements: string[], sentence: RegExp][] = [
    [
      "a table without a place",
      ["create table stray (workspace_id text primary key)"],
      /^stray has no place/u,
    ],
    ["a table that is gone", ["drop table drill_turns"], /^drill_turns has a place in .* and is no table/u],
    [
      "no column",
      ["alter table drill_turns drop column workspace_id cascade"],
      /^drill_turns has no column/u,
    ],
    [
      "an empty workspace",
      [
        "alter table drill_turns drop constraint drill_turns_workspace_id_application_pk",
        "alter table drill_turns alter workspace_id drop not null",
      ],
      /^drill_turns lets workspace_id be null/u,
    ],
    [
      "another type",
      ["drop policy workspace on drill_turns", "alter table drill_turns alter workspace_id type varchar(20)"],
      /^drill_turns has another type or collation/u,
    ],
    [
      "another collation",
      [
        "drop policy workspace on drill_turns",
        'alter table drill_turns alter workspace_id type text collate "C"',
      ],
      /^drill_turns has another type or collation/u,
    ],
    [
      "a workspace by default",
      ["alter table drill_turns alter workspace_id set default random()::text"],
      /^drill_turns makes values/u,
    ],
    [
      "no primary key",
      ["alter table drill_turns drop constraint drill_turns_workspace_id_application_pk"],
      /^drill_turns has no primary key/u,
    ],
    [
      "a primary key of its own",
      [
        "alter table drill_turns drop constraint drill_turns_workspace_id_application_pk",
        "alter table drill_turns add primary key (application)",
      ],
      /^drill_turns keeps rows of different nodes apart by drill_turns_pkey/u,
    ],
    ["a unique constraint", ["alter table drills add constraint once unique (drill)"], /apart by once/u],
    ["a unique index", ["create unique index once on drills (lower(identity))"], /apart by once/u],
    [
      "a unique index that only carries it",
      ["create unique index once on drills (drill) include (workspace_id)"],
      /apart by once/u,
    ],
    [
      "what excludes",
      ["alter table drills add constraint once exclude using btree (drill with =)"],
      /apart by once/u,
    ],
    [
      "a reference to a table of the coordinator",
      [
        "alter table scope_keys add primary key (key)",
        "alter table shares add constraint up foreign key (hash) references scope_keys (key)",
      ],
      /^shares points by up to scope_keys, which is on the coordinator/u,
    ],
    [
      "a reference without the workspace",
      [
        "alter table drills add constraint once unique (drill)",
        "alter table drill_turns add column d uuid, add constraint up foreign key (d) references drills (drill)",
      ],
      /^drill_turns points by up to rows of drills that may be on another node/u,
    ],
    [
      "a reference that takes something else for the workspace",
      [
        "alter table drill_turns add constraint up foreign key (application, workspace_id) references sources (workspace_id, source)",
      ],
      /^drill_turns points by up to rows of sources/u,
    ],
    [
      "a small identity",
      ["alter table drills add column n integer generated always as identity"],
      /^drills numbers its rows by n/u,
    ],
    [
      "a default of a function",
      ["alter table drills add column n uuid default gen_random_uuid()"],
      /^drills has a default of n that calls gen_random_uuid\(\)/u,
    ],
    [
      "a trigger for statements",
      ["create trigger t after insert on drills for each statement execute function tree_only_grows()"],
      /^drills has the trigger t for whole statements/u,
    ],
    [
      "a trigger that reads",
      ["create trigger t after insert on drills for each row execute function queue_segment()"],
      /^drills has the trigger t, whose function reads/u,
    ],
    [
      "partitions of partitions",
      [
        "drop table drills",
        "create table drills (workspace_id text not null, drill uuid, month date, primary key (workspace_id, drill, month)) partition by range (month)",
        "create table drills_2026 partition of drills for values from ('2026-01-01') to ('2027-01-01') partition by range (month)",
      ],
      /^drills has the partition drills_2026, which is parted again/u,
    ],
    [
      "inheritance",
      [
        "drop table drills",
        "create table drills (primary key (workspace_id, application)) inherits (drill_turns)",
      ],
      /^drills inherits/u,
    ],
    [
      "a rewrite rule",
      ["create rule nothing as on insert to drills do instead nothing"],
      /^drills has the rewrite rule nothing/u,
    ],
  ];

  it.each(BREAKS)("is refused with %s", async (_what, statements, sentence) => {
    class Enough extends Error {}
    let broken: string[] = [];
    const change = async (sql: TransactionSql) => {
      for (const statement of statements) await sql.unsafe(statement);
      broken = brokenDistribution(await readFacts(sql));
      throw new Enough();
    };
    await expect(database.owner.sql.begin(change)).rejects.toBeInstanceOf(Enough);
    expect(
      broken.some((one) => sentence.test(one)),
      broken.join("\n"),
    ).toBe(true);
  });

  it("may have partitions, which are where their table is", async () => {
    class Enough extends Error {}
    const change = async (sql: TransactionSql) => {
      await sql.unsafe("drop table drills");
      await sql.unsafe(
        "create table drills (workspace_id text not null, drill uuid, month date, primary key (workspace_id, drill, month)) partition by range (month)",
      );
      await sql.unsafe(
        "create table drills_2026 partition of drills for values from ('2026-01-01') to ('2027-01-01')",
      );
      const facts = await readFacts(sql);
      expect(facts.find(({ name }) => name === "drills")?.partitioned).toBe(true);
      expect(brokenDistribution(facts).filter((sentence) => sentence.includes("drills"))).toEqual([]);
      throw new Enough();
    };
    await expect(database.owner.sql.begin(change)).rejects.toBeInstanceOf(Enough);
  });

  it("numbers segments by the coordinator, since their identity is no bigint", async () => {
    const rules = { ...OWN_RULES, numberedByCoordinator: [] };
    expect(brokenDistribution(await readFacts(database.owner.sql), rules)).toContain(
      "segments numbers its rows by segment, which is smaller than bigint.",
    );
  });
});

const END = Date.parse("2026-06-30T12:00:00Z");

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Of the lock at which distributing waits to be killed. */
const LOCK = 4711;

/** Every value under a key, wherever it stands in the tree. */
function valuesUnder(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesUnder(inner, key),
  ]);
}

/** A function's statements, its expressions as queries. */
function statementsOf(tree: unknown): string[] {
  return valuesUnder(tree, "PLpgSQL_expr").map((expression) => {
    const { query, parseMode } = expression as { query: string; parseMode: number };
    // By libpg_query's numbers: 0 is a statement, 2 an expression, from 3 on an assignment to what stands before it.
    return parseMode === 0 ? query : `select ${parseMode === 2 ? query : query.replace(/^[^=]*=/u, "")}`;
  });
}

/** Names after FROM, JOIN, INTO or UPDATE that are distributed tables. */
const namesTable = (text: string) =>
  [...text.matchAll(/\b(?:from|join|into|update)\s+(?:public\.)?(\w+)/giu)].some(
    ([, name]) => PLACEMENTS[name ?? ""]?.kind === "distributed",
  );

describe("the functions of the schema", () => {
  const database = testDatabase();
  let functions: { name: string; text: string; language: string }[] = [];
  beforeAll(async () => {
    await loadModule();
    functions = await database.owner.sql<{ name: string; text: string; language: string }[]>`
      select p.proname as name, pg_get_functiondef(p.oid) as text, l.lanname as language
      from pg_proc p join pg_language l on l.oid = p.prolang where p.pronamespace = 'public'::regnamespace order by 1`;
  });

  it("are in the list", () => {
    expect(functions.map(({ name }) => name)).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it("read no distributed table where they are called on a node", () => {
    for (const { name, text } of functions)
      if (FUNCTIONS[name] === "node") expect(namesTable(text), name).toBe(false);
  });

  /** For all workspaces, and why. */
  const FOR_ALL: Record<string, string> = {
    workspace_names: "lists the workspaces",
    audit_required: "a trigger, which is taken away where tables are distributed",
    queue_segment: "a trigger, which is taken away where tables are distributed",
  };

  it("ask for one workspace", () => {
    const known = { distributed: new Set(DISTRIBUTED_TABLES), reading: new Set<string>() };
    let judged = 0;
    for (const { name, text, language } of functions.filter((one) => one.language === "plpgsql")) {
      const tree: unknown = parsePlPgSQLSync(text);
      const variables = new Set(valuesUnder(tree, "refname").map(String));
      const statements = statementsOf(tree);
      const faults = statements.flatMap((query) => judge(parseSync(query), { ...known, variables }));
      judged += statements.length;
      if (name in FOR_ALL) expect(faults, `${name} ${language}`).not.toEqual([]);
      else expect(faults, name).toEqual([]);
    }
    expect(judged).toBeGreaterThan(15);
  });
});

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
    while (!(await waiting())) await sleep(20);
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
