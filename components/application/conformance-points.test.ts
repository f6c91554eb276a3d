import { describe, expect, it } from "vitest";
import { trendsOf } from "./conformance-points.ts";

const report = (day: number, level: "read" | "write", failed: number, stopped: string | null = null) => ({
  level,
  startedAt: `2026-03-0${day}T10:00:00.000Z`,
  summary: { failed, warning: 2, passed: 60 - failed, "not-applicable": 5, "not-tried": 1 },
  stopped,
});
const at = (day: number) => `2026-03-0${day}T10:00:00.000Z`;

describe("the trend of conformance", () => {
  it("has for each level a point a check, the oldest first, with what failed, gave a warning and passed", () => {
    const reports = [
      report(6, "read", 1),
      report(5, "write", 3),
      report(4, "write", 7),
      report(3, "read", 4),
      report(2, "read", 9),
    ];
    expect(trendsOf(reports)).toEqual([
      {
        level: "read",
        points: [
          { at: at(2), failed: 9, warning: 2, passed: 51 },
          { at: at(3), failed: 4, warning: 2, passed: 56 },
          { at: at(6), failed: 1, warning: 2, passed: 59 },
        ],
      },
      {
        level: "write",
        points: [
          { at: at(4), failed: 7, warning: 2, passed: 53 },
          { at: at(5), failed: 3, warning: 2, passed: 57 },
        ],
      },
    ]);
  });

  it("leaves out what ended early, and levels that were tried once", () => {
    const reports = [
      report(3, "read", 0, "It asked too often."),
      report(2, "read", 4),
      report(1, "write", 4),
    ];
    expect(trendsOf(reports)).toEqual([]);
  });
});
