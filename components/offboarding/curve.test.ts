import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CurveStep } from "../../lib/reports/contract.ts";
import { estimateAt, estimateInWords, pointsOf, START, shareInWords } from "./curve.ts";

const step = (seconds: number, open: number): CurveStep => ({ seconds, open, lower: open / 2, upper: open });

/** A curve that falls at rising times. */
const curves = fc
  .uniqueArray(fc.tuple(fc.nat(10 ** 7), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 30,
    selector: ([seconds]) => seconds,
  })
  .map((pairs) => {
    const times = pairs.map(([seconds]) => seconds).sort((a, b) => a - b);
    const shares = pairs.map(([, share]) => share).sort((a, b) => b - a);
    return times.map((seconds, i) => step(seconds, shares[i] ?? 0));
  });

describe("pointsOf", () => {
  it("passes through each step after the first minute, never rises, and ends where watching ends", () => {
    fc.assert(
      fc.property(curves, curves, fc.nat(10 ** 7), (curve, whole, watched) => {
        const points = pointsOf(curve, watched, whole);
        for (const { seconds, open } of curve.filter((one) => one.seconds >= START)) {
          expect(points.find((point) => point.seconds === seconds)?.open).toBe(open);
        }
        points.slice(1).forEach((point, i) => {
          expect(point.seconds).toBeGreaterThan(points[i]?.seconds ?? 0);
          expect(point.open).toBeLessThanOrEqual(points[i]?.open ?? 1);
          expect(point.all).toBeLessThanOrEqual(points[i]?.all ?? 1);
        });
        expect(points[0]?.seconds).toBe(START);
        expect(points.at(-1)?.seconds).toBe(Math.max(watched, curve.at(-1)?.seconds ?? 0, START));
      }),
    );
  });

  it("draws nobody beside a curve that stands alone", () => {
    expect(pointsOf([step(90, 0.5)], 0).map(({ all }) => all)).toEqual([null, null]);
  });
});

describe("estimateAt", () => {
  const curve = [step(100, 0.5), step(1_000, 0.2)];
  it("holds between steps, and is all open before the first", () => {
    expect(estimateAt(curve, 5_000, 99)?.open).toBe(1);
    expect(estimateAt(curve, 5_000, 100)?.open).toBe(0.5);
    expect(estimateAt(curve, 5_000, 4_000)?.open).toBe(0.2);
  });
  it("says nothing of times that nobody has watched, unless nothing is left open", () => {
    expect(estimateAt(curve, 1_000, 1_001)).toBeNull();
    expect(estimateAt([step(100, 0)], 100, 1_001)?.open).toBe(0);
    expect(estimateAt([], 0, 60)).toBeNull();
  });
  it("is told in words", () => {
    expect(estimateInWords(step(1, 0.125))).toBe("12.5 % (6.3–12.5 %)");
    expect(shareInWords(step(1, 0.125))).toBe("12.5 %");
    expect([estimateInWords(null), shareInWords(null)]).toEqual(["not known yet", "not known yet"]);
  });
});
