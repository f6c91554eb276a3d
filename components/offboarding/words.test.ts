import { describe, expect, it } from "vitest";
import { step } from "./testing.ts";
import { commonSla, limitsInWords, percentileInWords, slaInWords } from "./words.ts";

const settings = { slaSeconds: 86_400 };

describe("the SLA in words", () => {
  it("is the default without rows, the rows' own where they agree, and named where they differ", () => {
    const quick = step({ slaSeconds: 4 * 3600 });
    expect(slaInWords({ rows: [], settings })).toBe("24 h");
    expect(slaInWords({ rows: [quick, quick], settings })).toBe("4 h");
    expect(slaInWords({ rows: [quick, step({})], settings })).toBe("the SLA of each application");
    expect(commonSla({ rows: [quick, step({})], settings })).toBeNull();
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
