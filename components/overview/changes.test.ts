import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OverviewRow } from "../../lib/reports/contract.ts";
import { changeOf, dayBefore, figureInWords } from "./changes.ts";

const row = (part: Partial<OverviewRow>): OverviewRow => ({
  question: "offboarding",
  figure: "accounts-open",
  value: 3,
  of: 40,
  unit: "count",
  better: "less",
  ...part,
});

describe("changeOf", () => {
  it("tells which way it went, and whether that is good", () => {
    expect(changeOf(row({ value: 3 }), row({ value: 5 }))).toEqual({ words: "↓ 2", verdict: "better" });
    expect(changeOf(row({ value: 1_500 }), row({ value: 0 }))).toEqual({
      words: "↑ 1,500",
      verdict: "worse",
    });
    expect(changeOf(row({}), row({}))).toEqual({ words: "same", verdict: "same" });
  });

  it("compares shares where more is better: growth alone is no progress", () => {
    const covered = (value: number, of: number) =>
      row({ figure: "accounts-covered", value, of, better: "more" });
    expect(changeOf(covered(80, 100), covered(40, 50))).toEqual({ words: "same", verdict: "same" });
    expect(changeOf(covered(85, 100), covered(42, 50))).toEqual({ words: "↑ 1 point", verdict: "better" });
    expect(changeOf(covered(70, 100), covered(40, 50))).toEqual({ words: "↓ 10 points", verdict: "worse" });
    expect(changeOf(covered(70, 100), covered(0, 0))).toBeNull();
    expect(figureInWords(covered(1, 3))).toBe("33.3 %");
  });

  it("tells durations, and what was or is out of reach", () => {
    const within = (value: number | null) => row({ figure: "half-within", unit: "seconds", of: null, value });
    expect(changeOf(within(600), within(900))).toEqual({ words: "↓ 5 min", verdict: "better" });
    expect(changeOf(within(null), within(900))).toEqual({ words: "was 15 min", verdict: "worse" });
    expect(changeOf(within(600), within(null))).toEqual({ words: "was not reached", verdict: "better" });
    expect(changeOf(within(null), within(null))).toEqual({ words: "same", verdict: "same" });
    expect(figureInWords(within(null))).toBe("not reached");
  });

  it("judges nothing by the number of records, and tells no change of what has no time", () => {
    const records = row({ figure: "records", of: null, better: "more", value: 10 });
    expect(changeOf(records, { ...records, value: 4 })).toEqual({ words: "↑ 6", verdict: null });
    const rejected = row({ figure: "records-rejected" });
    expect(changeOf(rejected, rejected)).toBeNull();
    expect(changeOf(row({}), undefined)).toBeNull();
  });

  it("turns around with its ends", () => {
    const opposite = { better: "worse", worse: "better", same: "same" } as const;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const there = changeOf(row({ value: a }), row({ value: b }))?.verdict;
        const back = changeOf(row({ value: b }), row({ value: a }))?.verdict;
        expect(back).toBe(opposite[there ?? "same"]);
      }),
    );
  });
});

describe("dayBefore", () => {
  it("is the same for every moment of a day, so that its answer is kept", () => {
    expect(dayBefore("2026-04-01T00:00:00.000Z")).toBe("2026-01-01");
    expect(dayBefore("2026-04-01T23:59:59.999Z")).toBe("2026-01-01");
  });
});
