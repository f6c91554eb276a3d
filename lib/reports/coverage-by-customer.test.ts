import { expect, it } from "vitest";
import type { CoverageReport, CoverageSummary } from "./contract.ts";
import { type CustomerPart, coverageByCustomer } from "./coverage-by-customer.ts";
import { exampleReports } from "./fixtures.ts";

const cells = (part: Partial<CoverageSummary["cells"]>): CoverageSummary["cells"] => ({
  automated: 0,
  degraded: 0,
  untested: 0,
  manual: 0,
  none: 0,
  ...part,
});

function part(customer: string | null, summary: Partial<CoverageSummary> = {}): CustomerPart {
  const { coverage } = exampleReports;
  const report: CoverageReport = {
    ...coverage,
    summary: { ...coverage.summary, cells: cells({}), people: 0, ...summary },
    rows: coverage.rows.map((row) => ({ ...row, customer })),
  };
  return { customer, report };
}

it("puts customers in order: what fails, what is by hand, what is uncovered, whom it exposes, then by name", () => {
  const parts = [
    part(null),
    part("B"),
    part("A"),
    part("people", { people: 9 }),
    part("uncovered", { uncovered: 1 }),
    part("by hand", { cells: cells({ manual: 1 }), uncovered: 9 }),
    part("failing", { cells: cells({ degraded: 1 }) }),
    part("failing more", { cells: cells({ degraded: 2 }) }),
  ] as const;
  const report = coverageByCustomer([...parts]);
  const wanted = ["failing more", "failing", "by hand", "uncovered", "people", "A", "B", null];
  expect(report.customers?.map(({ customer }) => customer)).toEqual(wanted);
  expect(report.rows.map(({ customer }) => customer)).toEqual(wanted);
});

it("sums the figures, and keeps each customer's own", () => {
  const acme = part("Acme", { accounts: 3, accountsCovered: 1, people: 2, cells: cells({ automated: 4 }) });
  const globex = part("Globex", { accounts: 5, people: 4, cells: cells({ automated: 1, none: 3 }) });
  const report = coverageByCustomer([acme, globex]);
  expect(report.summary).toEqual({
    applications: 2,
    uncovered: 0,
    cells: cells({ automated: 5, none: 3 }),
    accounts: 8,
    accountsCovered: 10,
    people: 6,
  });
  expect(report.customers?.find(({ customer }) => customer === "Acme")?.summary).toEqual(acme.report.summary);
  expect(report.completeness).toMatchObject({ rejected: 2, gaps: 2 });
});
