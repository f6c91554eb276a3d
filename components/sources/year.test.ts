import { describe, expect, it } from "vitest";
import { stretchesOf } from "./year.ts";

const year = { from: "2026-03-01", events: [4, 2, 0, 0, 0, 7, 1] };

describe("stretchesOf", () => {
  it("joins days that are alike", () => {
    const stretches = stretchesOf({ year, gaps: [] });
    expect(stretches.map(({ state, days }) => [state, days])).toEqual([
      ["events", 2],
      ["none", 3],
      ["events", 2],
    ]);
    expect(stretches[1]).toMatchObject({ from: "2026-03-03T00:00:00.000Z", to: "2026-03-05T00:00:00.000Z" });
  });

  it("marks every day that a gap touches, also one with events", () => {
    const gap = {
      kind: "silence" as const,
      from: "2026-03-02T18:00:00.000Z",
      to: "2026-03-06T00:00:00.000Z",
      expected: 9,
      why: "",
    };
    const stretches = stretchesOf({ year, gaps: [gap] });
    expect(stretches.map(({ state, days }) => [state, days])).toEqual([
      ["events", 1],
      ["missing", 4],
      ["events", 2],
    ]);
  });
});
