import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangedReport, arrangedRows, tableOf } from "./arranged.ts";
import { codedRows } from "./coded.ts";
import { COLUMNS, fieldOf, kindOf } from "./columns.ts";
import type { AccountRow } from "./contract.ts";
import { exampleReports } from "./fixtures.ts";
import { ParamProblem } from "./params.ts";
import { REPORT_NAMES } from "./run.ts";
import { arrange, facetsOf, parseTable, projected, type TableQuery } from "./table.ts";

const DAYS = ["2026-03-01T00:00:00.000Z", "2026-03-01T23:59:59.999Z", "2026-03-02T00:00:00.000Z"];

const text = fc.constantFrom("Slack", "slack", "Wiki", "", "=x", "!=x", ">=1", "Ärger", "a b");
const account: fc.Arbitrary<AccountRow> = fc.record({
  application: text,
  account: text,
  userName: fc.option(text),
  identity: fc.option(text),
  subject: fc.option(text),
  active: fc.boolean(),
  createdAt: fc.option(fc.constantFrom(...DAYS)),
  lastEventAt: fc.constantFrom(...DAYS),
  lastActivityAt: fc.option(fc.constantFrom(...DAYS)),
  provenance: fc.constantFrom("scim", "jit", "unknown"),
  provenanceEventId: fc.constant(null),
  entitlements: fc.array(text, { maxLength: 3 }),
  grants: fc.constant([]),
});
const rows = fc.array(account, { maxLength: 40 });

const query = (search: string, name: Parameters<typeof parseTable>[0] = "accounts") =>
  parseTable(name, new URLSearchParams(search));
/** The numbers of the rows, and the rows, that a query wants. */
const order = async (list: readonly object[], parsed: TableQuery) => [
  ...(await arrange(codedRows(parsed.report, list), parsed)),
];
const wanted = async (list: readonly object[], search: string, name?: Parameters<typeof parseTable>[0]) =>
  (await order(list, query(search, name))).map((at) => list[at]);
const filter = (column: string, ...given: string[]) =>
  given.map((one) => `f.${column}=${encodeURIComponent(one)}`).join("&");

/** One row an idle time, as far as this test looks at them. */
const idle = (...days: (number | null)[]) => days.map((idleDays) => ({ idleDays }));

describe("a filter", () => {
  it("takes a text to the letter, one of several, and all others with !=", async () => {
    await fc.assert(
      fc.asyncProperty(rows, text, text, async (list, a, b) => {
        const exact = (value: string) => (/^(?:[<>]=?|!=|=)/u.test(value) ? `=${value}` : value);
        if (a !== "" && b !== "") {
          expect(await wanted(list, filter("application", exact(a), exact(b)))).toEqual(
            list.filter((row) => [a, b].some((one) => one === row.application)),
          );
          expect(await wanted(list, filter("application", `!=${a}`))).toEqual(
            list.filter((row) => row.application !== a),
          );
          expect(await wanted(list, filter("entitlements", exact(a)))).toEqual(
            list.filter((row) => (row.entitlements as string[]).includes(a)),
          );
        }
        expect(await wanted(list, filter("identity", ""))).toEqual(
          list.filter((row) => row.identity === null),
        );
        expect(await wanted(list, filter("identity", "!="))).toEqual(
          list.filter((row) => row.identity !== null),
        );
        expect(await wanted(list, filter("entitlements", ""))).toEqual(
          list.filter((row) => row.entitlements.length === 0),
        );
        expect(await wanted(list, filter("active", "true"))).toEqual(list.filter((row) => row.active));
      }),
    );
  });

  it("takes numbers by their size; an empty one meets no comparison", async () => {
    const list = idle(9, 10, null, 11);
    const days = async (...given: string[]) =>
      ((await wanted(list, filter("idleDays", ...given), "dormant")) as typeof list).map(
        (row) => row.idleDays,
      );
    expect(await days(">=10")).toEqual([10, 11]);
    expect(await days(">10")).toEqual([11]);
    expect(await days("<10")).toEqual([9]);
    expect(await days("<=10")).toEqual([9, 10]);
    expect(await days("10", "9")).toEqual([9, 10]);
    expect(await days("!=10")).toEqual([9, null, 11]);
    expect(await days("!=")).toEqual([9, 10, 11]);
    expect(await days("")).toEqual([null]);
    expect(await days(">=10", "<11"), "both must hold").toEqual([10]);
    expect(await days("9", "11", ">9"), "one of those named, and the comparison").toEqual([11]);
  });

  it("takes a day for all of it, and a time for its moment", async () => {
    const list = [...DAYS, null].map((createdAt) => ({ createdAt }));
    const days = async (...given: string[]) =>
      ((await wanted(list, filter("createdAt", ...given))) as typeof list).map(({ createdAt }) =>
        createdAt === null ? -1 : DAYS.indexOf(createdAt),
      );
    expect(await days("2026-03-01")).toEqual([0, 1]);
    expect(await days(">=2026-03-01")).toEqual([0, 1, 2]);
    expect(await days(">2026-03-01")).toEqual([2]);
    expect(await days("<2026-03-02")).toEqual([0, 1]);
    expect(await days("<=2026-03-01")).toEqual([0, 1]);
    expect(await days("!=2026-03-01")).toEqual([2, -1]);
    expect(await days(">2026-03-01T00:00:00Z")).toEqual([1, 2]);
    expect(await days("2026-03-02T02:00:00+02:00")).toEqual([2]);
  });

  it("is refused in a sentence when it can't be understood", () => {
    for (const [search, sentence] of [
      ["f.color=red", /no column "color"/u],
      ["sort=-color", /no column "color"/u],
      ["sort=active,-active", /names a column twice/u],
      ["columns=application,color", /no column "color"/u],
      ["facets=lastEventAt", /its values are not counted/u],
      ["f.active=yes", /takes true or false, not "yes"/u],
      ["f.active=>=true", /takes true or false/u],
      ["f.createdAt=yesterday", /takes a day or a time/u],
      ["f.createdAt=>=", /takes a day or a time/u],
      [`q=${"x".repeat(201)}`, /at most 200 characters/u],
      [filter("account", ...Array.from({ length: 201 }, (_, i) => `${i}`)), /at most 200 filters/u],
    ] as const) {
      expect(() => query(search), search).toThrow(sentence);
      expect(() => query(search), search).toThrow(ParamProblem);
    }
    for (const given of ["many", ">=", "1e3", "0x10", " 1", "NaN"])
      expect(() => query(filter("idleDays", given), "dormant"), given).toThrow(/takes a number/u);
    // What all objects have is no column.
    expect(() => query("f.constructor=x")).toThrow(ParamProblem);
    expect(() => query("sort=__proto__")).toThrow(ParamProblem);
  });
});

describe("a search", () => {
  const list = [
    { application: "Slack", account: "a1", userName: "Zoë Park", identity: null, entitlements: ["Admins"] },
    { application: "Wiki", account: "ＡＢＣ", userName: null, identity: "zoë@x", entitlements: [] },
  ];
  const found = async (q: string) =>
    ((await wanted(list, `q=${encodeURIComponent(q)}`)) as typeof list).map(({ account }) => account);

  it("finds rows with all its words in their names, whatever their case and spelling", async () => {
    expect(await found("ZOË")).toEqual(["a1", "ＡＢＣ"]);
    expect(await found("Zoe\u0308 slack")).toEqual(["a1"]);
    expect(await found("abc")).toEqual(["ＡＢＣ"]);
    expect(await found("admins park")).toEqual(["a1"]);
    expect(await found("parkadmins")).toEqual([]);
    expect(await found("   ")).toEqual(["a1", "ＡＢＣ"]);
  });
});

/** How one column of two rows compares, written down a second time. */
function compared(column: string, a: object, b: object, descending: boolean): number {
  const value = (row: object) => {
    const given = fieldOf(column)(row);
    if (Array.isArray(given)) return given.length === 0 ? null : given.join("\n").toLowerCase();
    return typeof given === "string" ? given.toLowerCase() : given;
  };
  const [left, right] = [value(a), value(b)] as (string | number | null)[];
  if (left === right) return 0;
  if (left == null) return 1;
  if (right == null) return -1;
  return (left < right ? -1 : 1) * (descending ? -1 : 1);
}

const SORTABLE = COLUMNS.accounts.filter((column) => column !== "provenanceEventId" && column !== "grants");
const sortKeys = fc.uniqueArray(fc.tuple(fc.constantFrom(...SORTABLE), fc.boolean()), {
  maxLength: 3,
  selector: ([column]) => column,
});
const sortText = (keys: [string, boolean][]) =>
  keys.map(([column, descending]) => `${descending ? "-" : ""}${column}`).join(",");

const someFilter = fc.oneof(
  fc.constantFrom("Slack", "Wiki", "!=Slack").map((given) => filter("application", given)),
  fc.constantFrom("true", "false").map((given) => filter("active", given)),
  fc.constantFrom(">=2026-03-02", "", "!=").map((given) => filter("createdAt", given)),
  fc.constantFrom("sla", "ärger", "a b").map((q) => `q=${encodeURIComponent(q)}`),
);
const someQuery = fc
  .tuple(sortKeys, fc.array(someFilter, { maxLength: 3 }))
  .map(([keys, filters]) => [`sort=${sortText(keys)}`, ...filters].join("&"));

describe("an order", () => {
  it("is the one that its columns say, empty values last, else the report's", async () => {
    await fc.assert(
      fc.asyncProperty(rows, sortKeys, async (list, keys) => {
        const numbers = await order(list, query(`sort=${sortText(keys)}`));
        expect([...numbers].sort((a, b) => a - b)).toEqual(list.map((_, at) => at));
        for (const [i, at] of numbers.slice(1).entries()) {
          const before = numbers[i] as number;
          const [a, b] = [list[before] as object, list[at] as object];
          const decides = keys
            .map(([column, descending]) => compared(column, a, b, descending))
            .find(Boolean);
          expect(decides ?? before - at).toBeLessThan(0);
        }
      }),
    );
  });

  it("filters and sorts in either turn, and page by page, to the same rows", async () => {
    await fc.assert(
      fc.asyncProperty(rows, someQuery, fc.integer({ min: 1, max: 7 }), async (list, search, limit) => {
        const parsed = query(search);
        const all = await wanted(list, search);
        const filtered = (await order(list, { ...parsed, sort: [] })).map((at) => list[at]) as object[];
        const then = (await order(filtered, { ...parsed, filters: [], words: [] })).map((at) => filtered[at]);
        expect(then).toEqual(all);
        const report = { ...exampleReports.accounts, rows: list };
        const pages: unknown[] = [];
        for (let offset = 0; offset < all.length; offset += limit) {
          const numbers = await arrangedRows(tableOf(report, "accounts"), query(search));
          for (const at of numbers?.subarray(offset, offset + limit) ?? list.keys()) pages.push(list[at]);
          if (numbers === null) break;
        }
        expect(pages).toEqual(all);
        expect((await arrangedReport(report, parsed)).rows).toEqual(all);
      }),
    );
  });

  it("is worked out once for a query, however it is spelt, and forgotten behind eight others", async () => {
    const report = { ...exampleReports.accounts };
    const numbers = await arrangedRows(
      tableOf(report, "accounts"),
      query("f.active=true&f.application=a&f.application=b&q=A"),
    );
    expect(
      await arrangedRows(
        tableOf(report, "accounts"),
        query("q=a&f.application=b&f.application=a&f.active=true"),
      ),
    ).toBe(numbers);
    for (let i = 0; i < 7; i++) await arrangedRows(tableOf(report, "accounts"), query(`q=${i}`));
    expect(
      await arrangedRows(
        tableOf(report, "accounts"),
        query("f.active=true&f.application=a&f.application=b&q=a"),
      ),
    ).toBe(numbers);
    for (let i = 10; i < 18; i++) await arrangedRows(tableOf(report, "accounts"), query(`q=${i}`));
    expect(
      await arrangedRows(
        tableOf(report, "accounts"),
        query("f.active=true&f.application=a&f.application=b&q=a"),
      ),
    ).not.toBe(numbers);
    expect(
      await arrangedRows(tableOf(report, "accounts"), query("columns=account&facets=active")),
    ).toBeNull();
  });
});

describe("the counts of values", () => {
  it("are of the rows that all other filters leave", async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        someQuery,
        fc.constantFrom("application", "entitlements", "active"),
        async (list, search, column) => {
          const facets = (await facetsOf(codedRows("accounts", list), query(`${search}&facets=${column}`)))[
            column
          ];
          const others = new URLSearchParams(search);
          others.delete(`f.${column}`);
          for (const { value, rows: count } of facets?.values ?? []) {
            const exact = value === null ? "" : column === "active" ? value : `=${value}`;
            // An empty name can't be asked for: nothing stands for empty.
            if (value === "") continue;
            expect((await wanted(list, `${others}&${filter(column, exact)}`)).length, `${value}`).toBe(count);
          }
          expect(facets?.values.length).toBe(facets?.all);
        },
      ),
    );
  });
});

describe("any address", () => {
  const names = fc.constantFrom(
    "sort",
    "q",
    "columns",
    "facets",
    "f.active",
    "f.idleDays",
    "f.createdAt",
    "f.",
    "f.x",
  );
  const values = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "-",
      ",",
      "-active",
      "account,,application",
      ">=",
      "!=",
      "=",
      ">=1",
      "2026-03-01",
      "true",
      "\0",
    ),
  );

  it("gives rows or a sentence that says what is wrong", async () => {
    const pair = fc.tuple(fc.oneof(names, fc.string()), values);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...REPORT_NAMES),
        fc.array(pair, { maxLength: 5 }),
        async (name, pairs) => {
          const list = exampleReports[name].rows;
          try {
            const parsed = parseTable(name, new URLSearchParams(pairs));
            const numbers = await order(list, parsed);
            expect(new Set(numbers).size).toBe(numbers.length);
            for (const at of numbers) expect(list[at]).toBeDefined();
            await facetsOf(codedRows(name, list), parsed);
            for (const row of list) {
              if (parsed.columns !== null)
                expect(Object.keys(projected(row, parsed.columns))).toEqual(parsed.columns);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(ParamProblem);
            expect((error as ParamProblem).message).toMatch(/\.$/u);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("sorts and filters by every column of every report", async () => {
    for (const name of REPORT_NAMES) {
      for (const column of COLUMNS[name]) {
        const list = exampleReports[name].rows;
        expect((await wanted(list, `sort=-${column}`, name)).length).toBe(list.length);
        const empty = (await wanted(list, filter(column, ""), name)).length;
        const filled = (await wanted(list, filter(column, "!="), name)).length;
        expect(empty + filled, `${name} ${column} ${kindOf(name, column)}`).toBe(list.length);
      }
    }
  });
});
