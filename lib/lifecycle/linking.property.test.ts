/** Linking in parts, on facts and decisions of any kind. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { link, linker } from "./linking.ts";
import { byText, type Decision } from "./people.ts";
import { type LinkFact, mergeFacts } from "./refs.ts";

const PEOPLE = ["p:okta:1", "p:okta:2", "p:okta:3", "p:workos:1", "p:workos:9", "p:entra:2"];
const ACCOUNTS = ["x:wiki:#1", "x:wiki:#2", "x:wiki:a", "x:wiki:b", "x:chat:#1", "x:chat:a", "x:chat:c"];
const OTHERS = ["n:a", "n:b", "c:okta:key-1", "c:okta:key-2", "a:wiki"];
const REFS = [...PEOPLE, ...ACCOUNTS, ...OTHERS];

const first = fc.nat(20);
const fact = (refs: readonly string[], kind: LinkFact["kind"], values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...refs), fc.constantFrom(...values), first)
    .map(([ref, value, at]): LinkFact => ({ ref, kind, value, first: at }));

const IDS = ["1", "2", "9", "a", "b"];
const facts = fc
  .array(
    fc.oneof(
      fact(REFS, "seen", [""]),
      fact([...PEOPLE, ...ACCOUNTS], "name", ["a", "b", "c"]),
      fact([...PEOPLE, ...ACCOUNTS], "external", IDS),
      fact([...ACCOUNTS, "c:okta:key-1", "c:okta:key-2"], "person", PEOPLE),
      // In any direction, also in circles: more than any log says.
      fact(ACCOUNTS, "alias", ACCOUNTS),
    ),
    { maxLength: 40 },
  )
  .map(mergeFacts);

const decisions = fc.array(
  fc.record({
    a: fc.constantFrom(...REFS),
    b: fc.constantFrom(...REFS),
    verdict: fc.constantFrom("same", "different") as fc.Arbitrary<Decision["verdict"]>,
  }),
  { maxLength: 5 },
);

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
