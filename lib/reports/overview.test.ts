import { describe, expect, it } from "vitest";
import type { OverviewFigure } from "./contract.ts";
import { exampleReports } from "./fixtures.ts";
import { type OverviewSources, overviewRows } from "./overview.ts";

function figureOf(sources: OverviewSources, figure: OverviewFigure) {
  const found = overviewRows(sources).filter((row) => row.figure === figure);
  expect(found).toHaveLength(1);
  return found[0];
}

describe("overviewRows", () => {
  it("has each figure once, and a part is never more than what it is of", () => {
    const rows = overviewRows(exampleReports);
    expect(new Set(rows.map(({ figure }) => figure)).size).toBe(rows.length);
    for (const { value, of } of rows)
      if (value !== null && of !== null) expect(value).toBeLessThanOrEqual(of);
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
