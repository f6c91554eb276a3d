import { describe, expect, it } from "vitest";
import type { FailureItem, OffboardingReport } from "./contract.ts";
import { exampleReports } from "./fixtures.ts";
import { shortened } from "./shortened.ts";

const { offboarding } = exampleReports;
const group = {
  leavers: 1,
  steps: 1,
  ended: 0,
  open: 1,
  breached: 1,
  commonSla: 86_400,
  naive: { p50: null, p95: null },
  kaplanMeier: { p50: null, p95: null },
  bands: { p50: { lower: null, upper: null }, p95: { lower: null, upper: null } },
  watched: 90_000,
};
const named = (names: readonly string[]) => names.map((name) => ({ ...group, name, curve: [] }));
const numbers = Array.from({ length: 30 }, (_, i) => `${i}`);
const report: OffboardingReport = {
  ...offboarding,
  groups: { application: named(numbers), department: named(["a"]), customer: [], month: named(numbers) },
};

/** The names of those whose curve is there, by kind. */
const drawn = ({ groups }: OffboardingReport) =>
  Object.values(groups).map((own) => own.filter(({ curve }) => curve !== null).map(({ name }) => name));

describe("what a page shows of offboarding", () => {
  it("has the curves of the first dozen groups of each kind, and of the newest months", () => {
    const page = shortened("offboarding", report, { limit: 50 });
    expect(drawn(page)).toEqual([numbers.slice(0, 12), ["a"], [], numbers.slice(18)]);
    const figures = ({ groups }: OffboardingReport) =>
      Object.values(groups).map((own) => own.map(({ curve, ...rest }) => rest));
    expect(figures(page)).toEqual(figures(report));
  });

  it("has all of them where they are asked for", () => {
    expect(shortened("offboarding", report, { limit: 50, curves: "all" }).groups).toEqual(report.groups);
  });
});

describe("a failure group's row on a page", () => {
  const item = { subject: "p:1", userName: null, account: null, attempts: 1, firstSeen: "", lastSeen: "" };
  const mended = (day: number) => ({ ...item, openSince: null, resolvedAt: `2026-03-0${day}T00:00:00.000Z` });
  const open = { ...item, openSince: "2026-03-01T00:00:00.000Z", resolvedAt: null };
  const told = (items: FailureItem[]) => {
    const [row] = exampleReports.failures.rows;
    if (row === undefined) throw new Error("The example has no row.");
    const page = shortened(
      "failures",
      { ...exampleReports.failures, rows: [{ ...row, items }] },
      { limit: 50 },
    );
    return page.rows[0]?.items;
  };

  it("tells of one whom it affects: the first that is open, else the last that was mended", () => {
    expect(told([open, mended(5), mended(7)])).toEqual([open]);
    expect(told([mended(5), mended(7), mended(6)])).toEqual([mended(7)]);
    expect(told([])).toEqual([]);
  });
});
