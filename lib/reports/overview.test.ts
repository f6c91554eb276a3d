import { describe, expect, it } from "vitest";
import type { OffboardingRow, OverviewFigure } from "./contract.ts";
import { exampleReports } from "./fixtures.ts";
import { type OverviewSources, overviewRows } from "./overview.ts";

const example = exampleReports.offboarding.rows[0] as OffboardingRow;

function figureOf(sources: OverviewSources, figure: OverviewFigure) {
  const found = overviewRows(sources).filter((row) => row.figure === figure);
  expect(found).toHaveLength(1);
  return found[0];
}

const withSteps = (leavers: number, steps: Partial<OffboardingRow>[]): OverviewSources => ({
  ...exampleReports,
  offboarding: {
    ...exampleReports.offboarding,
    summary: { ...exampleReports.offboarding.summary, leavers },
    rows: steps.map((step) => ({ ...example, ...step })),
  },
});

describe("overviewRows", () => {
  it("has each figure once, and a part is never more than what it is of", () => {
    const rows = overviewRows(exampleReports);
    expect(new Set(rows.map(({ figure }) => figure)).size).toBe(rows.length);
    for (const { value, of } of rows)
      if (value !== null && of !== null) expect(value).toBeLessThanOrEqual(of);
  });

  it("counts a leaver once, however many of the accounts are late or open", () => {
    const late = { subject: "late", breached: true };
    const sources = withSteps(4, [
      late,
      { ...late, application: "Chat" },
      { subject: "waiting", latency: null, openFor: 60 },
      { subject: "done" },
    ]);
    // The fourth leaver had no account at all: nothing of his is open.
    expect(figureOf(sources, "leavers-in-time")).toMatchObject({ value: 2, of: 4, better: "more" });
  });

  it("counts two departures of one person as two", () => {
    const first = { breached: true, leftAt: "2026-01-01T00:00:00.000Z" };
    expect(figureOf(withSteps(2, [first, {}]), "leavers-in-time")).toMatchObject({ value: 1 });
  });

  it("keeps a percentile out of reach apart from none", () => {
    expect(figureOf(exampleReports, "half-within")).toMatchObject({ value: 90, unit: "seconds" });
    expect(figureOf(exampleReports, "most-within")?.value).toBeNull();
  });

  it("counts what could not be read among what came, and gaps", () => {
    expect(figureOf(exampleReports, "records-rejected")).toMatchObject({ value: 1, of: 4 });
    expect(figureOf(exampleReports, "gaps")).toMatchObject({ value: 1, of: null });
  });
});
