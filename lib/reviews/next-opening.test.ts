import { describe, expect, it } from "vitest";
import { nextOpening } from "./next-opening.ts";

describe("a review that recurs", () => {
  it.each([
    ["month", "2026-01-31T09:00:00.000Z", "2026-02-28T09:00:00.000Z"],
    ["quarter", "2026-11-30T23:30:00.000Z", "2027-02-28T23:30:00.000Z"],
    ["half-year", "2026-03-31T00:00:00.000Z", "2026-09-30T00:00:00.000Z"],
    ["year", "2028-02-29T12:00:00.000Z", "2029-02-28T12:00:00.000Z"],
  ] as const)("opens again after a %s", (every, opened, next) => {
    expect(nextOpening(every, opened)).toBe(next);
  });
});
