import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Duration, kaplanMeier, nearestRank, survivalPercentile } from "./survival.ts";

const ended = (seconds: number): Duration => ({ seconds, ended: true });
const open = (seconds: number): Duration => ({ seconds, ended: false });

describe("nearestRank", () => {
  it("is the ⌈p·n⌉-th smallest of those that ended", () => {
    const durations = [5, 1, 4, 2, 3].map(ended);
    expect(nearestRank(durations, 0.5)).toBe(3);
    expect(nearestRank(durations, 0.95)).toBe(5);
    expect(nearestRank([...durations, open(99)], 0.95)).toBe(5);
    expect(nearestRank([open(1)], 0.5)).toBeNull();
  });
});

describe("kaplanMeier", () => {
  it("gives the estimate of the textbook example with censoring", () => {
    // Six subjects: ended at 1, 3, 3, 5; censored at 2 and 5.
    const curve = kaplanMeier([ended(1), open(2), ended(3), ended(3), ended(5), open(5)]);
    expect(curve.map((step) => step.seconds)).toEqual([1, 3, 5]);
    expect(curve.map((step) => step.open)).toEqual([
      expect.closeTo(5 / 6),
      expect.closeTo((5 / 6) * (2 / 4)),
      expect.closeTo((5 / 6) * (2 / 4) * (1 / 2)),
    ]);
    expect(survivalPercentile(curve, 0.5)).toBe(3);
    expect(survivalPercentile(curve, 0.95)).toBeNull();
  });

  it("equals the nearest rank where nothing is censored", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9, 0.95),
        (values, p) => {
          const durations = values.map(ended);
          expect(survivalPercentile(kaplanMeier(durations), p)).toBe(nearestRank(durations, p));
        },
      ),
    );
  });

  it("never rises, and open durations never make it fall faster", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()), { maxLength: 40 }),
        (pairs) => {
          const curve = kaplanMeier(pairs.map(([seconds, isEnded]) => ({ seconds, ended: isEnded })));
          for (const [i, step] of curve.entries()) {
            expect(step.open).toBeLessThanOrEqual(curve[i - 1]?.open ?? 1);
            expect(step.open).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });
});
