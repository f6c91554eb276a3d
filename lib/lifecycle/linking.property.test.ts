/** Linking in parts, on facts and decisions of any kind. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { link, linker } from "./linking.ts";
import { byText } from "./people.ts";
import type { LinkFact } from "./refs.ts";
import { decisions, facts, REFS } from "./testing/link-facts.ts";

/** For each ref the number of its part: those of aliases the same one. */
function partsOf(all: readonly LinkFact[], numbers: readonly number[]): Map<string, number> {
  const parts = new Map(REFS.map((ref, i) => [ref, numbers[i] as number]));
  const aliases = all.filter(({ kind }) => kind === "alias");
  for (let moved = true; moved; ) {
    moved = false;
    for (const { ref, value } of aliases) {
      const part = Math.min(parts.get(ref) as number, parts.get(value) as number);
      moved ||= parts.get(ref) !== part || parts.get(value) !== part;
      parts.set(ref, part).set(value, part);
    }
  }
  return parts;
}

describe("linking in parts", () => {
  it("gives what linking all at once gives", () => {
    fc.assert(
      fc.property(
        facts,
        decisions,
        fc.array(fc.nat(6), { minLength: REFS.length, maxLength: REFS.length }),
        (all, made, numbers) => {
          const whole = link(all, made);
          const parts = partsOf(all, numbers);
          const some = linker(
            all.filter(({ ref }) => ref.startsWith("p:")),
            made,
          );
          expect(some.conflicts).toEqual(whole.conflicts);
          const holdings = [0, 1, 2, 3, 4, 5, 6].flatMap((part) =>
            some.holdings(all.filter(({ ref }) => parts.get(ref) === part)),
          );
          expect(holdings.toSorted((a, b) => byText(a.ref, b.ref))).toEqual(whole.holdings);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
