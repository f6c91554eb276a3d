/** Whether the tables could be on more than one machine: rules held against the catalog, and each against what breaks it. */
import { loadModule, parsePlPgSQLSync, parseSync } from "libpg-query";
import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { readFacts } from "../../db/distribution/facts.ts";
import { brokenDistribution } from "../../db/distribution/rules.ts";
import { DISTRIBUTED_TABLES, FUNCTIONS, PLACEMENTS, TRIGGERS_TAKEN_AWAY } from "../../db/distribution.ts";
import { testDatabase } from "./testing/database.ts";
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
});

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
    record_stands_once: "a trigger, which is taken away where tables are distributed",
    fold_log_month: "a month is of all workspaces, and the owner's to put together",
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
