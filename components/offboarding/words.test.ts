import { describe, expect, it } from "vitest";
import { limitsInWords, percentileInWords, slaInWords } from "./words.ts";

describe("the SLA in words", () => {
  it("is the one that all have, and named where they differ", () => {
    expect(slaInWords({ commonSla: 86_400 })).toBe("24 h");
    expect(slaInWords({ commonSla: 4 * 3600 })).toBe("4 h");
    expect(slaInWords({ commonSla: null })).toBe("the SLA of each application");
  });
});

describe("limits in words", () => {
  it.each([
    [8 * 60, 11 * 60, "8–11 min"],
    [59 * 60, 62 * 60, "59 min to 1 h 2 min"],
    [8 * 60 + 5, 8 * 60 + 50, "8 min"],
    [86_400 * 12, 86_400 * 20, "12–20 days"],
    [8 * 60, null, "from 8 min"],
    [null, null, null],
  ])("%s to %s: %s", (lower, upper, words) => {
    expect(limitsInWords({ lower, upper })).toBe(words);
  });

  it("stand after their percentile, also after one that is not reached", () => {
    expect(percentileInWords(9 * 60, { lower: 8 * 60, upper: 11 * 60 })).toBe("9 min (8–11 min)");
    expect(percentileInWords(9 * 60, { lower: null, upper: null })).toBe("9 min");
    expect(percentileInWords(null, { lower: 3600, upper: null })).toBe("not reached (from 1 h)");
    expect(percentileInWords(null, { lower: null, upper: null })).toBe("not reached");
  });
});
