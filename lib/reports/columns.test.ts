import { describe, expect, it } from "vitest";
import { COLUMNS, fieldOf, kindOf } from "./columns.ts";
import { exampleReports } from "./fixtures.ts";
import { REPORT_NAMES } from "./run.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

function kindByValue(value: unknown) {
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "flag";
  if (typeof value === "number") return "number";
  return ISO.test(value as string) ? "time" : "text";
}

describe("the columns of a report", () => {
  it.each(REPORT_NAMES)("of %s are said to hold what they hold", (name) => {
    let told = 0;
    for (const row of exampleReports[name].rows) {
      for (const column of COLUMNS[name]) {
        const value = fieldOf(column)(row);
        expect(value, column).not.toBeUndefined();
        if (value === null) continue;
        told += 1;
        expect(kindOf(name, column), column).toBe(kindByValue(value));
      }
    }
    expect(told).toBeGreaterThan(0);
  });
});
