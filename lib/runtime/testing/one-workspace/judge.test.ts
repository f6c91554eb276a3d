import { loadModule, parseSync } from "libpg-query";
import { beforeAll, describe, expect, it } from "vitest";
import { judge, type Known, markOf } from "./judge.ts";
import { faultsOf, judgeTexts } from "./run.ts";

const KNOWN: Known = { distributed: new Set(["a", "b", "c"]), reading: new Set(["reads_tables"]) };

beforeAll(loadModule);

const judged = (text: string, known = KNOWN) => judge(parseSync(text), known);

describe("one workspace is asked for by", () => {
  it.each([
    ["a parameter", "select * from a where workspace_id = $1"],
    ["a parameter on the left", "select * from a where $1 = workspace_id"],
    ["a parameter that is cast", "select * from a where workspace_id = $1::text"],
    ["a constant", "select * from a where id = 4 and workspace_id = 'main'"],
    ["a list of one", "select * from a where workspace_id in ($1)"],
    ["a row", "select * from a where (workspace_id, id) = ($1, 4)"],
    ["the table's name", "select * from a where a.workspace_id = $1"],
    ["an alias", "select * from a x where x.workspace_id = $1"],
    ["a join", "select * from a join b on a.workspace_id = b.workspace_id where b.workspace_id = $1"],
    ["a join's condition", "select * from a join b on a.workspace_id = $1 and b.workspace_id = $2"],
    [
      "a join of rows",
      "select * from a join b on (a.workspace_id, a.id) = (b.workspace_id, b.id) where a.workspace_id = $1",
    ],
    ["USING", "select * from a join b using (workspace_id, id) where workspace_id = $1"],
    ["a natural join", "select * from a natural join b where a.workspace_id = $1"],
    [
      "several joins",
      "select * from a join b using (workspace_id) join c on c.workspace_id = b.workspace_id where a.workspace_id = $1",
    ],
    [
      "tables parted by commas",
      "select * from a, b where a.workspace_id = $1 and a.workspace_id = b.workspace_id",
    ],
    ["a left join", "select * from a left join b using (workspace_id) where a.workspace_id = $1"],
    [
      "a right join",
      "select * from b right join a on b.workspace_id = a.workspace_id where a.workspace_id = $1",
    ],
    ["a subquery in FROM", "select * from (select * from a where workspace_id = $1) x"],
    [
      "a lateral one",
      "select * from a, lateral (select * from b where workspace_id = $1 and b.id = a.id) x where a.workspace_id = $1",
    ],
    [
      "an exists",
      "select * from a where workspace_id = $1 and exists (select from b where b.workspace_id = a.workspace_id)",
    ],
    [
      "a not exists",
      "select * from a where workspace_id = $1 and not exists (select from b where b.workspace_id = a.workspace_id)",
    ],
    ["an in", "select * from a where workspace_id = $1 and id in (select id from b where workspace_id = $1)"],
    [
      "a subquery among what is selected",
      "select (select count(*) from b where workspace_id = $1) from a where workspace_id = $1",
    ],
    ["a WITH", "with x as (select * from a where workspace_id = $1) select * from x"],
    ["a WITH by its name and not the table's", "with a as (select 1) select * from a"],
    [
      "a recursive WITH",
      "with recursive x as (select id from a where workspace_id = $1 union all select a.id from a join x using (id) where a.workspace_id = $1) select * from x",
    ],
    [
      "both sides of a union",
      "select id from a where workspace_id = $1 union select id from b where workspace_id = $1",
    ],
    ["a lock of rows", "select * from a where workspace_id = $1 for update"],
    ["values", "insert into a (workspace_id, id) values ($1, 1), ($2, 2)"],
    [
      "a conflict",
      "insert into a as x (workspace_id, id) values ($1, 1) on conflict (workspace_id) do update set id = excluded.id where x.id < 4",
    ],
    [
      "rows of the workspace",
      "insert into a (workspace_id, id) select workspace_id, id from b where workspace_id = $1",
    ],
    ["rows of nowhere", "insert into a (workspace_id, id) select $1, i from generate_series(1, 4) i"],
    [
      "rows of a table that is not distributed",
      "insert into a (workspace_id, id) select workspace_id, id from stage where workspace_id = $1",
    ],
    ["an update", "update a set id = 1 where workspace_id = $1"],
    [
      "an update by another table",
      "update a set id = b.id from b where a.workspace_id = $1 and b.workspace_id = a.workspace_id",
    ],
    ["a delete", "delete from a where workspace_id = $1 returning *"],
    [
      "a delete by another table",
      "delete from a using b where a.workspace_id = $1 and b.workspace_id = a.workspace_id",
    ],
    [
      "what changes within a WITH",
      "with x as (delete from a where workspace_id = $1 returning id) insert into b (workspace_id, id) select $1, id from x",
    ],
    ["a copy of a query", "copy (select * from a where workspace_id = 'main') to stdout"],
    ["a cursor", "declare c cursor for select * from a where workspace_id = 'main'"],
    ["an explained query", "explain select * from a where workspace_id = $1"],
    ["no table at all", "select now()"],
    ["a table of another schema", "select * from pgboss.a"],
    ["a table that is not distributed", "select * from local_table"],
    ["a function by itself", "select reads_tables()"],
    ["what makes tables", "create table a (workspace_id text)"],
  ])("%s", (_what, text) => {
    expect(judged(text)).toEqual([]);
  });

  it("a variable, in a function", () => {
    const text = "select * from a where workspace_id = own";
    expect(judged(text, { ...KNOWN, variables: new Set(["own"]) })).toEqual([]);
    expect(judged(text)).not.toEqual([]);
  });
});

describe("refused is", () => {
  const a = /^a is not restricted/u;
  const b = /^b is not restricted/u;
  it.each([
    ["no condition", "select * from a", a],
    ["another one", "select * from a where id = $1", a],
    ["another column of the name's end", "select * from a where x.workspace_id = $1", a],
    ["inequality", "select * from a where workspace_id <> $1", a],
    ["null", "select * from a where workspace_id = null", a],
    ["a pattern", "select * from a where workspace_id like $1", a],
    ["an or", "select * from a where workspace_id = $1 or id = 4", a],
    ["two workspaces", "select * from a where workspace_id in ($1, $2)", a],
    ["a list", "select * from a where workspace_id = any($1)", a],
    ["a column that is worked on", "select * from a where lower(workspace_id) = $1", a],
    ["a function's value", "select * from a where workspace_id = rollcall_workspace()", a],
    ["a query's value", "select * from a where workspace_id = (select rollcall_workspace())", a],
    ["not", "select * from a where not (workspace_id = $1)", a],
    ["one of two tables", "select * from a, b where a.workspace_id = $1", b],
    ["a join by something else", "select * from a join b using (id) where a.workspace_id = $1", b],
    ["a cross join", "select * from a cross join b where a.workspace_id = $1", b],
    [
      "a left join's condition for the left",
      "select * from a left join b on a.workspace_id = $1 and b.workspace_id = $1",
      a,
    ],
    [
      "a left join that goes the wrong way",
      "select * from a left join b on a.workspace_id = b.workspace_id and b.workspace_id = $1",
      a,
    ],
    ["a full join", "select * from a full join b using (workspace_id) where a.workspace_id = $1", b],
    [
      "a subquery that relies on what is around it",
      "select (select count(*) from b where b.workspace_id = a.workspace_id) from a where workspace_id = $1",
      b,
    ],
    [
      "a lateral one that does",
      "select * from a, lateral (select * from b where b.workspace_id = a.workspace_id) x where a.workspace_id = $1",
      b,
    ],
    [
      "an in that relies on what is around it",
      "select * from a where workspace_id = $1 and id in (select id from b where b.workspace_id = a.workspace_id)",
      b,
    ],
    [
      "an exists in an outer join's condition",
      "select * from a left join c on exists (select from b where b.workspace_id = a.workspace_id) where a.workspace_id = $1",
      b,
    ],
    [
      "a negated not exists",
      "select * from a where workspace_id = $1 and not (not exists (select from b where b.workspace_id = a.workspace_id))",
      b,
    ],
    [
      "a not exists that relies on what may be missing",
      "select * from c left join a on a.workspace_id = $1 where c.workspace_id = $1 and not exists (select from b where b.workspace_id = a.workspace_id)",
      b,
    ],
    [
      "a left join to what may be missing itself",
      "select * from c left join a on a.workspace_id = $1 left join b on b.workspace_id = a.workspace_id where c.workspace_id = $1",
      b,
    ],
    [
      "an exists within an or",
      "select * from a where workspace_id = $1 and (id = 4 or exists (select from b where b.workspace_id = a.workspace_id))",
      b,
    ],
    [
      "a not in",
      "select * from a where workspace_id = $1 and id not in (select id from b where b.workspace_id = a.workspace_id)",
      b,
    ],
    [
      "a not in of its own, which is judged too",
      "select * from a where workspace_id = $1 and id not in (select id from b)",
      b,
    ],
    ["an exists of its own", "select * from a where workspace_id = $1 and exists (select from b)", b],
    [
      "an exists that restricts nothing outside",
      "select * from a where exists (select from b where b.workspace_id = a.workspace_id and b.workspace_id = $1)",
      a,
    ],
    [
      "a condition from outside of a subquery",
      "select * from (select * from a) x where x.workspace_id = $1",
      a,
    ],
    [
      "a WITH that is used in a restricted way",
      "with x as (select * from a) select * from x where workspace_id = $1",
      a,
    ],
    [
      "a restriction out of a WITH",
      "with x as (select workspace_id from a where workspace_id = $1) select * from b join x using (workspace_id)",
      b,
    ],
    ["one side of a union", "select id from a where workspace_id = $1 union select id from b", b],
    ["HAVING", "select workspace_id from a group by workspace_id having workspace_id = $1", a],
    ["an aggregate's filter", "select count(*) filter (where workspace_id = $1) from a", a],
    [
      "what is ordered by a query",
      "select * from a where workspace_id = $1 order by (select max(id) from b)",
      b,
    ],
    ["what is returned", "update a set id = 1 where workspace_id = $1 returning (select max(id) from b)", b],
    ["an update of all", "update a set id = 1", a],
    ["an update by a table of all", "update a set id = b.id from b where a.workspace_id = $1", b],
    ["an update to a query's value", "update a set id = (select max(id) from b) where workspace_id = $1", b],
    ["a delete of all", "delete from a", a],
    ["a cursor's row", "delete from a where current of c", a],
    ["rows of all", "insert into b (workspace_id, id) select workspace_id, id from a", a],
    ["a copied table", "copy a to stdout", /^COPY takes the whole of a$/u],
    ["a copy into a table", "copy public.a (workspace_id) from stdin", /^COPY takes the whole of a$/u],
    ["an emptied table", "truncate a", /^TRUNCATE takes the whole of a$/u],
    ["a locked table", "lock table b, a in share mode", /^LOCK takes the whole of a$/u],
    [
      "rows without a workspace",
      "insert into a (id) values (1)",
      /^rows are added to a without naming workspace_id$/u,
    ],
    [
      "rows without columns",
      "insert into a values ($1, 1)",
      /^rows are added to a without naming workspace_id$/u,
    ],
    [
      "rows of default values",
      "insert into a default values",
      /^rows are added to a without naming workspace_id$/u,
    ],
    [
      "a default",
      "insert into a (workspace_id, id) values (default, 1)",
      /^rows are added to a whose workspace is not/u,
    ],
    [
      "a function's value for a row",
      "insert into a (workspace_id) values (rollcall_workspace())",
      /^rows are added to a whose workspace is not/u,
    ],
    [
      "the second row",
      "insert into a (workspace_id, id) values ($1, 1), (lower($2), 2)",
      /^rows are added to a whose workspace is not/u,
    ],
    [
      "a query among values",
      "insert into a (workspace_id, id) values ($1, (select max(id) from b where workspace_id = $1))",
      /^rows are added to a with a query/u,
    ],
    [
      "rows of any workspace of another table",
      "insert into a (workspace_id, id) select workspace_id, id from stage",
      /^rows are added to a whose workspace is not/u,
    ],
    [
      "a row that moves",
      "update a set workspace_id = $2 where workspace_id = $1",
      /^workspace_id of a is changed$/u,
    ],
    [
      "a row that moves when there is one",
      "insert into a (workspace_id, id) values ($1, 1) on conflict (id) do update set workspace_id = $1",
      /^workspace_id of a is changed$/u,
    ],
    ["chance", "update a set id = random() where workspace_id = $1", /^a is changed by random\(\)/u],
    [
      "the clock",
      "delete from a where workspace_id = $1 and at < clock_timestamp()",
      /^a is changed by clock_timestamp\(\)/u,
    ],
    [
      "a function that reads, beside a table",
      "select reads_tables() from a where workspace_id = $1",
      /^reads_tables\(\) reads tables itself/u,
    ],
    [
      "a function that reads, joined",
      "select * from a join reads_tables() r using (id) where workspace_id = $1",
      /^reads_tables\(\) reads tables itself/u,
    ],
    ["a merge", "merge into a using b on a.id = b.id when matched then delete", /^MERGE can't be judged$/u],
    ["a block of code", "do $$ begin delete from a; end $$", /^DO can't be judged$/u],
    ["the second of two statements", "select 1; select * from a", a],
  ])("%s", (_what, text, fault) => {
    const faults = judged(text);
    expect(
      faults.some((one) => fault.test(one)),
      faults.join("\n"),
    ).toBe(true);
  });
});

describe("a mark", () => {
  it("says why, or is none", () => {
    expect(markOf("/* cross-workspace: a backup is of all */ select * from sources")).toBe(
      "a backup is of all",
    );
    expect(markOf("select /* cross-workspace: */ * from sources")).toBeNull();
    expect(markOf("-- cross-workspace: so\nselect * from sources")).toBeNull();
  });

  it("excuses what needs it, and nothing else", () => {
    expect(faultsOf("/* cross-workspace: so */ select * from a", KNOWN)).toEqual([]);
    expect(faultsOf("/* cross-workspace: so */ select * from a where workspace_id = $1", KNOWN)).toEqual([
      "is marked cross-workspace (so) and needs no mark",
    ]);
  });
});

describe("a run's statements", () => {
  const SOURCES = "select * from sources";
  it("are told with the place where they stand; those of tests and migrations are left out", () => {
    const places = new Map([
      [SOURCES, { at: "db/queries/x.ts:3", shipped: true }],
      ["select * from segments", { at: "lib/x.test.ts:9", shipped: false }],
    ]);
    const texts = [SOURCES, "select * from segments", "delete from records", "select 1"];
    const verdict = judgeTexts(texts, (text) => places.get(text) ?? null, new Set(["delete from records"]));
    expect(verdict).toEqual({
      judged: 2,
      marked: 0,
      faults: [`db/queries/x.ts:3: sources is not restricted to one workspace\n${SOURCES}`],
    });
  });

  it("that nobody knows the place of are judged too", () => {
    expect(judgeTexts([SOURCES], () => null, new Set()).faults).toHaveLength(1);
  });
});
