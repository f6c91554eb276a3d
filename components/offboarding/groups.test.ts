import { describe, expect, it } from "vitest";
import { GROUPINGS, groupingOf, ofGroups } from "./groups.ts";
import { step } from "./testing.ts";

describe("groups", () => {
  it("lead to the rows that they count", () => {
    const sales = step({ department: "Sales", customer: "Larkspur Labs" });
    const nobody = step({ subject: "bob" });
    const of = (changes: Record<string, string | null>) =>
      ofGroups([sales, nobody], (name) => changes[name] ?? null);
    expect(of(GROUPINGS.department.link("Sales"))).toEqual([sales]);
    expect(of(GROUPINGS.department.link("not known"))).toEqual([nobody]);
    expect(of(GROUPINGS.customer.link("Larkspur Labs"))).toEqual([sales]);
    expect(of(GROUPINGS.customer.link("no customer"))).toEqual([nobody]);
    expect(of({})).toEqual([sales, nobody]);
  });

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
