/** What the judge lets pass, PostgreSQL's own planner finds restricted at each table. */
import fc from "fast-check";
import { loadModule, parseSync } from "libpg-query";
import type { TransactionSql } from "postgres";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../database.ts";
import { judge } from "./judge.ts";

const TABLES = ["a", "b", "c"];
const KNOWN = { distributed: new Set(TABLES), reading: new Set<string>() };
/** As PostgreSQL shows the restriction at a table. */
const RESTRICTED = /\bworkspace_id = 'main'::text\b/u;

const alias = (number: number) => `t${number}`;
const column = (number: number) => `${alias(number)}.workspace_id`;

/** A condition over the tables that are there. */
const conditionOf = (tables: number) => {
  const one = fc.integer({ min: 0, max: tables - 1 });
  const equal = fc.tuple(one, one).map(([x, y]) => `${column(x)} = ${column(y)}`);
  const fixed = one.map((x) => `${column(x)} = 'main'`);
  const row = fc
    .tuple(one, one)
    .map(([x, y]) => `(${column(x)}, ${alias(x)}.id) = (${column(y)}, ${alias(y)}.id)`);
  const other = fc.tuple(one, one).map(([x, y]) => `${alias(x)}.id = ${alias(y)}.id`);
  const table = fc.constantFrom(...TABLES);
  const inner = fc.oneof(
    one.map((x) => `s.workspace_id = ${column(x)}`),
    fc.constant("s.workspace_id = 'main'"),
    one.map((x) => `s.id = ${alias(x)}.id`),
  );
  const exists = fc
    .tuple(fc.constantFrom("", "not "), table, fc.array(inner, { minLength: 1, maxLength: 2 }))
    .map(([not, from, where]) => `${not}exists (select from ${from} s where ${where.join(" and ")})`);
  const within = fc
    .tuple(one, fc.constantFrom("", "not "), table, inner)
    .map(([x, not, from, where]) => `${alias(x)}.id ${not}in (select s.id from ${from} s where ${where})`);
  const simple = fc.oneof(
    { weight: 4, arbitrary: equal },
    { weight: 3, arbitrary: fixed },
    row,
    other,
    exists,
    within,
  );
  return fc.oneof(
    { weight: 6, arbitrary: simple },
    fc.tuple(simple, simple).map(([x, y]) => `(${x} or ${y})`),
    simple.map((x) => `not (${x})`),
  );
};

const conditions = (tables: number, minLength: number) =>
  fc.array(conditionOf(tables), { minLength, maxLength: 4 }).map((list) => list.join(" and "));

const JOINS = ["join", "left join", "right join", "full join"];

/** One table after another, joined from the left. */
const queries = fc.integer({ min: 1, max: 4 }).chain((tables) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...TABLES), { minLength: tables, maxLength: tables }),
      fc.tuple(...Array.from({ length: tables }, () => fc.constantFrom(...JOINS, ", "))),
      fc.tuple(...Array.from({ length: tables }, (_, at) => conditions(at + 1, 1))),
      conditions(tables, 0),
    )
    .map(([names, joins, ons, where]) => {
      const from = names.map((name, at) => {
        if (at === 0) return `${name} ${alias(at)}`;
        if (joins[at] === ", ") return `, ${name} ${alias(at)}`;
        return ` ${joins[at]} ${name} ${alias(at)} on ${ons[at]}`;
      });
      return `select * from ${from.join("")}${where === "" ? "" : ` where ${where}`}`;
    }),
);

interface Plan {
  "Relation Name"?: string;
  Plans?: Plan[];
  [key: string]: unknown;
}

/** The tables that the plan reads without asking for one workspace. */
function unrestricted(plan: Plan): string[] {
  const { "Relation Name": table, Plans: below = [], ...others } = plan;
  const own = table !== undefined && !RESTRICTED.test(JSON.stringify(others)) ? [table] : [];
  return [...own, ...below.flatMap(unrestricted)];
}

describe("the judge beside PostgreSQL's planner", () => {
  const database = testDatabase();

  it("lets nothing pass that would read more than one workspace", async () => {
    await loadModule();
    class Enough extends Error {}
    let passed = 0;
    const work = async (sql: TransactionSql) => {
      for (const table of TABLES)
        await sql.unsafe(`create temporary table ${table} (workspace_id text not null, id integer)`);
      await fc.assert(
        fc.asyncProperty(queries, async (text) => {
          if (judge(parseSync(text), KNOWN).length > 0) return;
          const rows = await sql
            .savepoint((inner) => inner.unsafe(`explain (format json) ${text}`))
            .catch((error: unknown) => {
              // A full join by other than equality, or a name that is not visible there: no query at all.
              if (
                error instanceof Error &&
                "code" in error &&
                ["0A000", "42P01"].includes(String(error.code))
              )
                return null;
              throw error;
            });
          if (rows === null) return;
          passed += 1;
          const [row] = rows as unknown as [{ "QUERY PLAN": [{ Plan: Plan }] }];
          const [{ Plan: plan }] = row["QUERY PLAN"];
          expect(unrestricted(plan), `${text}\n${JSON.stringify(plan, null, 1)}`).toEqual([]);
        }),
        { numRuns: 3_000 },
      );
      throw new Enough();
    };
    await database.owner.sql.begin(work).catch((error: unknown) => {
      if (!(error instanceof Enough)) throw error;
    });
    // Else the property would hold for having seen nothing.
    expect(passed).toBeGreaterThan(50);
  });
});
