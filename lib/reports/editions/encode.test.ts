/** What is kept in blocks is what was there: the same rows, and the same answers to every query. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codedRows } from "../coded.ts";
import { COLUMNS } from "../columns.ts";
import { exampleReports } from "../fixtures.ts";
import { REPORT_NAMES } from "../run.ts";
import { arrange, facetsOf, parseTable } from "../table.ts";
import { numbersIn, rowsIn, storedTable } from "./decode.ts";
import { BLOCK_ROWS, type ColumnFacts, encodeTable } from "./encode.ts";

function stored(report: (typeof REPORT_NAMES)[number], rows: readonly object[]) {
  const facts: Record<string, ColumnFacts> = {};
  const blocks = new Map<string, Uint8Array>();
  for (const { name, block, bytes } of encodeTable(report, rows, facts))
    blocks.set(`${name} ${block}`, bytes);
  const asked: string[] = [];
  const read = async (name: string, block: number) => {
    asked.push(name);
    const bytes = blocks.get(`${name} ${block}`);
    if (bytes === undefined) throw new Error(`There is no block ${block} of ${name}.`);
    return bytes;
  };
  const table = storedTable(rows.length, facts, {
    read,
    numbers: async (name) => numbersIn(await read(name, 0)),
    rows: async (name, block) => rowsIn(await read(name, block)),
  });
  return { table, asked };
}

/** Rows of a report's examples, again and again, some fields those of others: many are equal in some columns. */
const tables = fc.constantFrom(...REPORT_NAMES).chain((report) => {
  const examples = exampleReports[report].rows as readonly object[];
  const row = fc
    .tuple(fc.nat(), fc.nat())
    .map(([a, b]) => ({ ...examples[a % examples.length], ...pick(examples[b % examples.length] ?? {}, a) }));
  return fc.record({ report: fc.constant(report), rows: fc.array(row, { maxLength: 3 * BLOCK_ROWS }) });
});

function pick(row: object, seed: number): object {
  return Object.fromEntries(Object.entries(row).filter((_, i) => (seed >> (i % 8)) & 1));
}

describe("rows in blocks", () => {
  it("are the rows, and give each query its rows, order and counts", async () => {
    const queries = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        tables,
        queries,
        fc.constantFrom("", "a", "sla"),
        async ({ report, rows }, keys, q) => {
          const { table } = stored(report, rows);
          const all: object[] = [];
          for await (const some of table.each()) all.push(...some);
          expect(all).toEqual(rows);
          const columns = [
            ...new Set(keys.map(([at]) => COLUMNS[report][at % COLUMNS[report].length] as string)),
          ];
          const sort = columns.map((column, i) => (keys[i]?.[1] ? `-${column}` : column)).join(",");
          const search = new URLSearchParams({ sort, q, [`f.${columns[0]}`]: "!=" });
          const query = parseTable(report, search);
          const plain = codedRows(report, rows);
          const order = [...(await arrange(table, query))];
          expect(order).toEqual([...(await arrange(plain, query))]);
          expect(await table.rows(order)).toEqual(order.map((at) => rows[at]));
          const counted = { ...query, facets: columns };
          expect(await facetsOf(table, counted)).toEqual(await facetsOf(plain, counted));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are read no further than a page and its query take", async () => {
    const [example = {}] = exampleReports.accounts.rows;
    const rows = Array.from({ length: 5 * BLOCK_ROWS }, (_, i) => ({ ...example, account: `a${i % 7}` }));
    const { table, asked } = stored("accounts", rows);
    await table.rows([3, 5, 2 * BLOCK_ROWS]);
    expect(asked).toEqual(["rows", "rows"]);
    await arrange(table, parseTable("accounts", new URLSearchParams("sort=account&f.application=Slack")));
    expect(new Set(asked.slice(2))).toEqual(
      new Set(["codes application", "values application", "codes account", "ranks account"]),
    );
  });
});
