/** Linking only whom something new can touch: what everybody stands for then is what linking all of them gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RefFacts } from "../../db/log/read-facts.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { type Holding, link, linker } from "../lifecycle/linking.ts";
import { byText, type Decision } from "../lifecycle/people.ts";
import { endOf, type LinkFact, mergeFacts } from "../lifecycle/refs.ts";
import { decisions, facts } from "../lifecycle/testing/link-facts.ts";
import { type FactsLookup, neighboursOf } from "./neighbours.ts";

const keyOf = ({ kind, value }: LinkFact): string => `${kind} ${value}`;

const rowOf = (ref: string, own: readonly LinkFact[]): RefFacts => ({
  ref,
  facts: JSON.stringify(Object.fromEntries(own.map((fact) => [keyOf(fact), fact.first]))),
});

/** What the database does, of facts at hand. */
function lookupIn(all: readonly LinkFact[], most = 1_000): FactsLookup {
  const refs = groupBy(all, ({ ref }) => ref);
  const rows = (wanted: (ref: string, own: readonly LinkFact[]) => boolean) =>
    [...refs].filter(([ref, own]) => wanted(ref, own)).map(([ref, own]) => rowOf(ref, own));
  return {
    of: async (some) => rows((ref) => some.includes(ref)),
    near: async (sayings, ends) => {
      const found = rows(
        (ref, own) => ends.includes(endOf(ref)) || own.some((fact) => sayings.includes(keyOf(fact))),
      );
      return found.length > most ? null : found;
    },
  };
}

/** What records say: those that name an alias tell of both accounts. */
const asRecordsSay = (said: readonly LinkFact[]): LinkFact[] =>
  mergeFacts(
    said.flatMap((fact) =>
      fact.kind === "alias"
        ? [fact, { ref: fact.value, kind: "seen", value: "", first: fact.first }]
        : [fact],
    ),
  );

/** Refs of which `all` says more than `before`. */
function saidAnew(before: readonly LinkFact[], all: readonly LinkFact[]): string[] {
  const known = new Map(before.map((fact) => [`${fact.ref} ${keyOf(fact)}`, fact.first]));
  return [
    ...new Set(
      all.filter((fact) => known.get(`${fact.ref} ${keyOf(fact)}`) !== fact.first).map(({ ref }) => ref),
    ),
  ];
}

/** Each ref's holdings after `all`, where only the neighbours of what is new were linked again. */
async function linkedNear(before: readonly LinkFact[], all: readonly LinkFact[], made: Decision[]) {
  const near = await neighboursOf(saidAnew(before, all), lookupIn(all), made, 1_000);
  if (near === null) throw new Error("Too many.");
  const left = link(before, made).holdings.filter(({ ref }) => !near.refs.has(ref));
  const anew = linker(near.facts, made)
    .holdings(near.facts)
    .filter(({ ref }) => near.refs.has(ref));
  return { near, holdings: sorted([...left, ...anew]) };
}

/** Stable, so that those of a ref stay in order of time. */
const sorted = (holdings: readonly Holding[]) => holdings.toSorted((a, b) => byText(a.ref, b.ref));

describe("neighbours", () => {
  it("are all whom something new can touch, and what they say is all that it takes", async () => {
    await fc.assert(
      fc.asyncProperty(facts, facts, decisions, async (known, more, made) => {
        const before = asRecordsSay(known);
        const all = mergeFacts([...before, ...asRecordsSay(more)]);
        const { holdings } = await linkedNear(before, all, made);
        expect(holdings).toEqual(link(all, made).holdings);
      }),
      { numRuns: 3_000 },
    );
  });

  it("are few: not those who share nothing with them", async () => {
    const person = (id: string): LinkFact[] => [
      { ref: `p:okta:${id}`, kind: "seen", value: "", first: 1 },
      { ref: `p:okta:${id}`, kind: "name", value: `${id}@larkspur.example`, first: 1 },
      { ref: `x:wiki:#${id}`, kind: "seen", value: "", first: 1 },
      { ref: `x:wiki:#${id}`, kind: "alias", value: `x:wiki:${id}@larkspur.example`, first: 1 },
      { ref: `x:wiki:${id}@larkspur.example`, kind: "seen", value: "", first: 1 },
    ];
    const others = Array.from({ length: 50 }, (_, i) => person(`other-${i}`)).flat();
    const before = mergeFacts([...others, ...person("ann")]);
    const all = mergeFacts([...before, { ref: "p:okta:ann", kind: "external", value: "77", first: 2 }]);
    const { near, holdings } = await linkedNear(before, all, []);
    expect([...near.refs].sort()).toEqual([
      "n:ann@larkspur.example",
      "p:okta:ann",
      "x:wiki:#ann",
      "x:wiki:ann@larkspur.example",
    ]);
    expect(holdings).toEqual(link(all).holdings);
  });

  it("are given up where they are too many", async () => {
    const all = Array.from({ length: 40 }, (_, i): LinkFact[] => [
      { ref: `p:hr:${i}`, kind: "seen", value: "", first: 1 },
      { ref: `p:hr:${i}`, kind: "name", value: "admin", first: i },
    ]).flat();
    expect(await neighboursOf(["p:hr:1"], lookupIn(all, 39), [], 1_000)).toBeNull();
    expect(await neighboursOf(["p:hr:1"], lookupIn(all), [], 39)).toBeNull();
    expect((await neighboursOf(["p:hr:1"], lookupIn(all), [], 40))?.refs.size).toBe(41);
  });
});
