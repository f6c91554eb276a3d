import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OffboardingRow } from "../../lib/reports/contract.ts";
import { BANDS } from "./choose.ts";
import { step } from "./testing.ts";

const DAY = 86_400;

describe("bands of latency", () => {
  it("hold each ended step exactly once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), (latency) => {
        expect(BANDS.filter((band) => band.has(step({ latency })))).toHaveLength(1);
      }),
    );
  });

  it("take their limit in, and what has not ended apart", () => {
    const keyOf = (row: OffboardingRow) => BANDS.find((band) => band.has(row))?.key;
    expect(keyOf(step({ latency: 900 }))).toBe("15m");
    expect(keyOf(step({ latency: 901 }))).toBe("1h");
    expect(keyOf(step({ latency: 30 * DAY + 1 }))).toBe("more");
    expect(keyOf(step({ openFor: 5, status: "open" }))).toBe("none");
    expect(keyOf(step({ status: "rehired" }))).toBeUndefined();
  });
});
