import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoverageCell, CoverageReport, CoverageRow } from "../../lib/reports/contract.ts";
import { exampleReports } from "../../lib/reports/fixtures.ts";
import {
  automateNext,
  blockCount,
  blocksOf,
  cellName,
  cellNamed,
  groupsOf,
  manualChanges,
  openAtFirst,
  rowOf,
  sharesOf,
} from "./cells.ts";

const cell = (part: Partial<CoverageCell>): CoverageCell => ({
  state: "none",
  successes: 0,
  failures: 0,
  manual: 0,
  lastEventAt: null,
  lastEventId: null,
  attempted: 0,
  leftInFailure: 0,
  why: "",
  trial: null,
  ...part,
});

const row = (application: string, part: Partial<CoverageRow> = {}): CoverageRow => ({
  application,
  cells: { joiner: cell({}), mover: cell({}), roles: cell({}), leaver: cell({}) },
  accounts: 0,
  people: 0,
  notByScim: { accounts: 0, entitlements: 0 },
  uncovered: false,
  rank: 1,
  customer: null,
  ...part,
});

describe("sharesOf", () => {
  it("tells what provisioning carried of all changes", () => {
    expect(sharesOf(cell({ successes: 6, failures: 2, manual: 2 }))).toEqual({
      carried: 0.6,
      failed: 0.2,
      manual: 0.2,
    });
  });
  it("has nothing to tell when nothing changed", () => expect(sharesOf(cell({}))).toBeNull());
});

describe("blocksOf", () => {
  it("keeps every application, in order, in at most as many blocks as fit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (size) => {
        const rows = Array.from({ length: size }, (_, i) => row(`app ${i}`));
        const blocks = blocksOf(rows);
        expect(blocks.flat()).toEqual(rows);
        expect(blocks.length).toBeLessThanOrEqual(blockCount(size));
      }),
    );
  });
});

describe("a cell in the address", () => {
  it("comes back from its name, whatever its application and its customer are called", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    const customer = fc.option(fc.option(text, { nil: null }), { nil: undefined });
    fc.assert(
      fc.property(text, fc.constantFrom("joiner", "leaver"), customer, (application, capability, whose) => {
        const ref = { application, capability, ...(whose === undefined ? {} : { customer: whose }) } as const;
        expect(cellNamed(cellName(ref))).toEqual(ref);
      }),
    );
  });
  it("is named as it always was where the map is not by customer", () =>
    expect(cellName({ capability: "leaver", application: "A:B@C" })).toBe("leaver:A:B@C"));
  it("is none where the name is none", () => {
    for (const name of [null, "", "leaver", "nobody:Slack", "leaver@%:Slack"])
      expect(cellNamed(name)?.application ?? "").toBe("");
  });
});

describe("a report by customer", () => {
  const of = (customer: string | null, names: readonly string[]) => ({
    customer,
    summary: { ...exampleReports.coverage.summary, applications: names.length },
    rows: names.map((name) => row(name, { customer })),
  });
  const report = (...parts: ReturnType<typeof of>[]): CoverageReport => ({
    ...exampleReports.coverage,
    customers: parts.map(({ customer, summary }) => ({ customer, summary })),
    rows: parts.flatMap(({ rows }) => rows),
  });
  const many = (count: number) => Array.from({ length: count }, (_, i) => `app ${i}`);
  const two = report(of("Acme", ["Slack", "Wiki"]), of(null, ["Slack"]));

  it("has a group for each, with its own rows and figures", () => {
    expect(
      groupsOf(two).map(({ customer, report: own }) => [
        customer,
        own.rows.map(({ application }) => application),
        own.summary.applications,
      ]),
    ).toEqual([
      ["Acme", ["Slack", "Wiki"], 2],
      [null, ["Slack"], 1],
    ]);
    expect(groupsOf(exampleReports.coverage)).toEqual([]);
  });
  it("opens as many groups as fit at first, always the first", () => {
    const opened = (...sizes: number[]) =>
      openAtFirst(groupsOf(report(...sizes.map((size, i) => of(`c${i}`, many(size))))));
    expect(opened(30, 30, 1)).toBe(2);
    expect(opened(30, 30)).toBe(2);
    expect(opened(61, 1)).toBe(1);
    expect(opened()).toBe(0);
  });
  it("finds the row of a cell in the group that the cell names, and in no other map", () => {
    const capability = "leaver";
    expect(rowOf(two, { application: "Slack", capability, customer: null })?.customer).toBeNull();
    expect(rowOf(two, { application: "Slack", capability, customer: "Acme" })?.customer).toBe("Acme");
    expect(rowOf(two, { application: "Wiki", capability, customer: null })).toBeUndefined();
    expect(rowOf(two, { application: "Slack", capability })).toBeUndefined();
    const whole = { ...two, customers: null };
    expect(rowOf(whole, { application: "Slack", capability })).toBe(whole.rows[0]);
    expect(rowOf(whole, { application: "Slack", capability, customer: "Acme" })).toBeUndefined();
  });
});

describe("automateNext", () => {
  it("ranks what changes by hand or is uncovered, and leaves the rest out", () => {
    const byHand = row("By hand", { rank: 2 });
    byHand.cells.leaver = cell({ manual: 3 });
    const uncovered = row("Uncovered", { uncovered: true, rank: 1 });
    const rows = [byHand, row("Fine", { rank: 3 }), uncovered];
    expect(manualChanges(byHand)).toBe(3);
    expect(automateNext({ rows } as never).map((found) => found.application)).toEqual([
      "Uncovered",
      "By hand",
    ]);
  });
});
