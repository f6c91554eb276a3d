import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countIn, gapsOf, isWithin, rangesOf, spansOf, withAllUpTo } from "./spans.ts";

describe("spans", () => {
  it("are of numbers that follow one another", () => {
    expect(spansOf([3, 1, 2, 7, 7])).toEqual([1, 3, 7, 7]);
    expect(spansOf([])).toEqual([]);
    expect(gapsOf([1, 3, 7, 7])).toEqual([
      { from: 0, to: 0 },
      { from: 4, to: 6 },
    ]);
    expect(gapsOf([0, 2])).toEqual([]);
    expect(rangesOf([1, 3, 7, 7])).toEqual([
      { from: 1, to: 3 },
      { from: 7, to: 7 },
    ]);
  });

  it("hold the numbers that they were made of, gaps all others up to the last, and nothing is in both", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (numbers) => {
        const [all, spans] = [new Set(numbers), spansOf(numbers)];
        const gaps = gapsOf(spans);
        expect(countIn(spans)).toBe(all.size);
        for (const last of [-1, 0, 30, 61])
          expect(withAllUpTo(spans, last)).toEqual(
            spansOf([...numbers, ...Array.from({ length: last + 1 }, (_, number) => number)]),
          );
        for (let number = 0; number <= 62; number++) {
          expect(isWithin(spans, number)).toBe(all.has(number));
          const between = gaps.some(({ from, to }) => from <= number && number <= to);
          expect(between).toBe(!all.has(number) && number < (spans.at(-1) ?? 0));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
