import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Duration,
  kaplanMeier,
  latenciesOf,
  nearestRank,
  percentileLimits,
  survivalPercentile,
} from "./survival.ts";

const ended = (seconds: number): Duration => ({ seconds, ended: true });
const open = (seconds: number): Duration => ({ seconds, ended: false });

const durations = (maxLength: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()), { maxLength })
    .map((pairs) => pairs.map(([seconds, isEnded]): Duration => ({ seconds, ended: isEnded })));

describe("nearestRank", () => {
  it("is the ⌈p·n⌉-th smallest of those that ended", () => {
    const five = [5, 1, 4, 2, 3].map(ended);
    expect(nearestRank(five, 0.5)).toBe(3);
    expect(nearestRank(five, 0.95)).toBe(5);
    expect(nearestRank([...five, open(99)], 0.95)).toBe(5);
    expect(nearestRank([open(1)], 0.5)).toBeNull();
  });
});

/**
 * Weeks of remission of the 21 leukaemia patients given 6-mercaptopurine: Freireich et al. 1963, as tabled by Gehan 1965; the
 * example of the textbooks (Kalbfleisch & Prentice, Collett, Klein & Moeschberger).
 */
const REMISSION = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map(ended),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(open),
];

describe("kaplanMeier of the 6-MP patients", () => {
  const curve = kaplanMeier(REMISSION);

  it("gives the published estimate, those censored at 6 and 10 weeks still at risk there", () => {
    expect(curve.map((step) => step.seconds)).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect(curve.map((step) => step.open.toFixed(3))).toEqual([
      "0.857",
      "0.807",
      "0.753",
      "0.690",
      "0.627",
      "0.538",
      "0.448",
    ]);
  });

  it("gives Greenwood's published standard errors", () => {
    expect(curve.map((step) => step.standardError?.toFixed(3))).toEqual([
      "0.076",
      "0.087",
      "0.096",
      "0.107",
      "0.114",
      "0.128",
      "0.135",
    ]);
  });

  it("gives the log-log band that Stata's `sts list` prints", () => {
    expect(curve.map(({ lower, upper }) => [lower.toFixed(4), upper.toFixed(4)])).toEqual([
      ["0.6197", "0.9516"],
      ["0.5631", "0.9228"],
      ["0.5032", "0.8894"],
      ["0.4316", "0.8491"],
      ["0.3675", "0.8049"],
      ["0.2678", "0.7468"],
      ["0.1881", "0.6801"],
    ]);
  });

  it("has its median at 23 weeks, limited below by 13 and above by nothing", () => {
    expect(latenciesOf(REMISSION)).toEqual({
      naive: { p50: 10, p95: 23 },
      kaplanMeier: { p50: 23, p95: null },
      bands: { p50: { lower: 13, upper: null }, p95: { lower: null, upper: null } },
    });
  });
});

describe("kaplanMeier", () => {
  it("gives the estimate worked out by hand, with ties and censoring", () => {
    // Six subjects: ended at 1, 3, 3, 5; censored at 2 and 5. Variance sums: 1/(6·5); + 2/(4·2); + 1/(2·1).
    const curve = kaplanMeier([ended(1), open(2), ended(3), ended(3), ended(5), open(5)]);
    expect(curve.map((step) => step.seconds)).toEqual([1, 3, 5]);
    expect(curve.map((step) => step.open)).toEqual([
      expect.closeTo(5 / 6),
      expect.closeTo((5 / 6) * (2 / 4)),
      expect.closeTo((5 / 6) * (2 / 4) * (1 / 2)),
    ]);
    expect(curve.map((step) => step.standardError)).toEqual([
      expect.closeTo((5 / 6) * Math.sqrt(1 / 30)),
      expect.closeTo((5 / 12) * Math.sqrt(1 / 30 + 1 / 4)),
      expect.closeTo((5 / 24) * Math.sqrt(1 / 30 + 1 / 4 + 1 / 2)),
    ]);
    expect(survivalPercentile(curve, 0.5)).toBe(3);
    expect(survivalPercentile(curve, 0.95)).toBeNull();
  });

  it("knows nothing sure where all have ended: 0 below, the limit before above", () => {
    const [first, last] = kaplanMeier([ended(1), ended(2)]);
    expect(last).toEqual({ seconds: 2, open: 0, lower: 0, upper: first?.upper, standardError: null });
    expect(kaplanMeier([ended(4)])).toEqual([
      { seconds: 4, open: 0, lower: 0, upper: 1, standardError: null },
    ]);
  });

  it("keeps its upper limit where few at risk would lift it", () => {
    // A thousand ended of ten thousand, then one of the last five: by the formula 0.910 is followed by 0.920.
    const many = [
      ...Array.from({ length: 1000 }, () => ended(1)),
      ...Array.from({ length: 8995 }, () => open(2)),
    ];
    const [before, after] = kaplanMeier([...many, ended(3), ...Array.from({ length: 4 }, () => open(4))]);
    expect(after?.open).toBeCloseTo(0.72);
    expect(after?.upper).toBe(before?.upper);
  });

  it("equals the nearest rank where nothing is censored", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9, 0.95),
        (values, p) => {
          const all = values.map(ended);
          expect(survivalPercentile(kaplanMeier(all), p)).toBe(nearestRank(all, p));
        },
      ),
    );
  });

  it("has a band within 0 and 1 that contains the estimate, and none of them ever rises", () => {
    fc.assert(
      fc.property(durations(60), (all) => {
        let last = { open: 1, lower: 1, upper: 1 };
        for (const step of kaplanMeier(all)) {
          expect(step.lower).toBeGreaterThanOrEqual(0);
          expect(step.lower).toBeLessThanOrEqual(step.open);
          expect(step.open).toBeLessThanOrEqual(step.upper);
          expect(step.upper).toBeLessThanOrEqual(1);
          for (const key of ["open", "lower", "upper"] as const)
            expect(step[key]).toBeLessThanOrEqual(last[key]);
          last = step;
        }
      }),
    );
  });

  it("does not depend on the order of the durations", () => {
    fc.assert(
      fc.property(
        durations(30).chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(kaplanMeier(shuffled)).toEqual(kaplanMeier(all));
        },
      ),
    );
  });
});

describe("percentileLimits", () => {
  it("stand around the percentile", () => {
    fc.assert(
      fc.property(durations(60), fc.constantFrom(0.5, 0.9, 0.95), (all, p) => {
        const curve = kaplanMeier(all);
        const percentile = survivalPercentile(curve, p) ?? Infinity;
        const { lower, upper } = percentileLimits(curve, p);
        expect(lower ?? Infinity).toBeLessThanOrEqual(percentile);
        expect(upper ?? Infinity).toBeGreaterThanOrEqual(percentile);
      }),
    );
  });

  it("come closer the more is known", () => {
    const spread = (times: number) => {
      const all = Array.from({ length: times }, () => Array.from({ length: 20 }, (_, i) => ended(i + 1)));
      const { lower, upper } = percentileLimits(kaplanMeier(all.flat()), 0.5);
      return (upper ?? Infinity) - (lower ?? 0);
    };
    expect(spread(20)).toBeLessThan(spread(1));
  });
});
