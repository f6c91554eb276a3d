/** Link facts and decisions of any kind, of few refs, so that they meet. */
import fc from "fast-check";
import type { Decision } from "../people.ts";
import { type LinkFact, mergeFacts } from "../refs.ts";

const PEOPLE = ["p:okta:1", "p:okta:2", "p:okta:3", "p:workos:1", "p:workos:9", "p:entra:2"];
const ACCOUNTS = ["x:wiki:#1", "x:wiki:#2", "x:wiki:a", "x:wiki:b", "x:chat:#1", "x:chat:a", "x:chat:c"];
const OTHERS = ["n:a", "n:b", "c:okta:key-1", "c:okta:key-2", "a:wiki"];
export const REFS = [...PEOPLE, ...ACCOUNTS, ...OTHERS];

const first = fc.nat(20);
const fact = (refs: readonly string[], kind: LinkFact["kind"], values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...refs), fc.constantFrom(...values), first)
    .map(([ref, value, at]): LinkFact => ({ ref, kind, value, first: at }));

const IDS = ["1", "2", "9", "a", "b"];
export const facts = fc
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

export const decisions = fc.array(
  fc.record({
    a: fc.constantFrom(...REFS),
    b: fc.constantFrom(...REFS),
    verdict: fc.constantFrom("same", "different") as fc.Arbitrary<Decision["verdict"]>,
  }),
  { maxLength: 5 },
);
