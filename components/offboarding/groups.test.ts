import { describe, expect, it } from "vitest";
import { GROUPINGS, groupingOf } from "./groups.ts";

describe("groups", () => {
  it.each([
    ["2026-03", "2026-03-01", "2026-03-31"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2026-12", "2026-12-01", "2026-12-31"],
  ])("the month %s is %s to %s", (month, from, to) => {
    expect(GROUPINGS.month.link(month)).toEqual({ from, to });
  });

  it("are by application where the address names none that is known", () => {
    expect(groupingOf(null)).toBe("application");
    expect(groupingOf("toString")).toBe("application");
    expect(groupingOf("month")).toBe("month");
  });
});
