import { describe, expect, it } from "vitest";
import type { OffboardingReport } from "./contract.ts";
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
