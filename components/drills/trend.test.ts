import { describe, expect, it } from "vitest";
import { step } from "../../lib/ingest/adapters/scim-trial/fixtures.ts";
import { latency, trendOf } from "./trend.ts";

describe("the trend of drills", () => {
  it("has one point a drill, the oldest first, with what passed", () => {
    const trials = [
      {
        kind: "drill" as const,
        endedAt: "2026-03-02",
        steps: [step("create"), step("deactivate", { verdict: "failed" })],
      },
      { kind: "followed" as const, endedAt: "2026-03-02", steps: [step("create")] },
      { kind: "drill" as const, endedAt: "2026-03-01", steps: [step("delete", { latencyMs: 0 })] },
    ];
    expect(trendOf(trials)).toEqual([
      { at: "2026-03-01", create: null, change: null, deactivate: null, delete: 0 },
      { at: "2026-03-02", create: 120, change: null, deactivate: null, delete: null },
    ]);
  });

  it.each([
    [0, "0 ms"],
    [999, "999 ms"],
    [3_240, "3.2 s"],
    [720_000, "12 min"],
  ])("tells %i milliseconds as %s", (ms, words) => expect(latency(ms)).toBe(words));
});
