import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadOrder } from "./order.ts";

describe("loadOrder", () => {
  it("puts each table behind all that it points to, whatever their names", () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.record({
        names: fc.constant(Array.from({ length: size }, (_, i) => `t${i}`)),
        // From a higher number to a lower one only: no circles.
        pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1))),
        shuffle: fc.array(fc.nat(), { minLength: size, maxLength: size }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ names, pairs, shuffle }) => {
        const references = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]) => ({ from: `t${Math.max(a, b)}`, to: `t${Math.min(a, b)}` }));
        const shuffled = names
          .map((name, i) => [shuffle[i] ?? 0, name] as const)
          .sort(([a], [b]) => a - b)
          .map(([, name]) => name);
        const ordered = loadOrder(shuffled, references);
        expect(ordered.toSorted()).toEqual(names.toSorted());
        for (const { from, to } of references)
          expect(ordered.indexOf(from)).toBeGreaterThan(ordered.indexOf(to));
      }),
    );
  });

  it("leaves out what is not there, and loses none that point to each other", () => {
    const references = [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
      { from: "c", to: "elsewhere" },
      { from: "d", to: "d" },
    ];
    expect(loadOrder(["a", "b", "c", "d"], references)).toEqual(["c", "d", "a", "b"]);
  });
});
