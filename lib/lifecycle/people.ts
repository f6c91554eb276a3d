/**
 * Which person refs are one person: by a person's decision, then externalId, then name. Two ids of one source are two
 * people unless somebody decided otherwise; where a rule stops at that, it is a conflict to be decided. docs/semantics.md §3.
 */

import type { Instant } from "../ingest/event.ts";
import { groupBy } from "./group-by.ts";
import { endOf, type LinkFact } from "./refs.ts";

export type PersonRule = "immutable-id" | "manual" | "external-id" | "name";

/** What somebody decided of two refs; of each pair the newest that was not withdrawn. */
export interface Decision {
  a: string;
  b: string;
  verdict: "same" | "different";
}

/** Two people whom a rule would have made one, had it not stopped: somebody has to say. */
export interface Conflict {
  /** `same-name`: two ids of one source under one name. `blocked`: linking would merge two people of one source. */
  kind: "same-name" | "blocked";
  a: string;
  b: string;
  /** The name, or the external id, that they share; null where only the chain of links brought them together. */
  value: string | null;
  /** When the later of the two was first seen under it. */
  at: Instant;
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `p:<source>:<id>`; the source's name is encoded and holds no colon. */
const sourceOf = (person: string): string => person.slice(2, person.indexOf(":", 2));

/** A pair of refs whatever their order. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`);

export class People {
  private readonly parent = new Map<string, string>();
  private readonly members = new Map<string, string[]>();
  private readonly rules = new Map<string, PersonRule>();
  private readonly apart: ReadonlySet<string>;

  /** @param different pairs (`pairKey`) that somebody decided to be two people. */
  constructor(persons: readonly string[], different: ReadonlySet<string>) {
    this.apart = different;
    for (const person of persons) {
      this.parent.set(person, person);
      this.members.set(person, [person]);
    }
  }

  /** The smallest ref of those that are one person: the subject's id. */
  root(person: string): string {
    return this.parent.get(person) ?? person;
  }

  rule(person: string): PersonRule {
    return this.rules.get(person) ?? "immutable-id";
  }

  /** @returns false when it would merge two people of one source, or two that were decided to be different. */
  unite(a: string, b: string, rule: PersonRule): boolean {
    const [keep, join] = [this.root(a), this.root(b)].sort(byText) as [string, string];
    if (keep === join) return true;
    const kept = this.members.get(keep) ?? [];
    const joining = this.members.get(join) ?? [];
    const taken = new Set(kept.map(sourceOf));
    if (rule !== "manual" && joining.some((person) => taken.has(sourceOf(person)))) return false;
    if (joining.some((one) => kept.some((other) => this.apart.has(pairKey(one, other))))) return false;
    for (const person of joining) {
      this.parent.set(person, keep);
      if (!this.rules.has(person)) this.rules.set(person, rule);
    }
    this.members.set(keep, [...kept, ...joining]);
    this.members.delete(join);
    return true;
  }
}

/** A name's or ref's holder, from `first` on. */
export interface Claim {
  subject: string;
  first: Instant;
}

/** Claims in the order in which they were first made; repeated holders folded. */
export function tenures(claims: readonly Claim[]): Claim[] {
  const sorted = [...claims].sort((a, b) => a.first - b.first || byText(a.subject, b.subject));
  const result: Claim[] = [];
  for (const claim of sorted) if (result.at(-1)?.subject !== claim.subject) result.push(claim);
  return result;
}

/** Who holds at `at`: the last claim made by then, or the first of all. */
function holderAt(claims: readonly Claim[], at: Instant): string | undefined {
  const held = tenures(claims);
  return (held.findLast((claim) => claim.first <= at) ?? held[0])?.subject;
}

interface Wanted extends Claim {
  other: string;
  value: string;
}

/** Rule externalId: a person ref of one source says the id that another source knows the person by. */
function wantedByExternalId(persons: readonly string[], facts: readonly LinkFact[]): Wanted[] {
  const byId = groupBy(persons, endOf);
  // In one order, for the first link that is made may stand in the way of another.
  return facts
    .filter((fact) => fact.kind === "external" && fact.ref.startsWith("p:"))
    .sort((a, b) => byText(a.ref, b.ref) || byText(a.value, b.value))
    .flatMap((fact) =>
      (byId.get(fact.value) ?? [])
        .filter((other) => sourceOf(other) !== sourceOf(fact.ref))
        .map((other) => ({ subject: fact.ref, other, value: fact.value, first: fact.first })),
    );
}

/** The holders of each name, by source. */
function holdersOf(facts: readonly LinkFact[]): [name: string, sources: Claim[][]][] {
  const names = facts.filter((fact) => fact.kind === "name" && fact.ref.startsWith("p:"));
  return [...groupBy(names, (fact) => fact.value)]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, own]) => [
      name,
      [...groupBy(own, (fact) => sourceOf(fact.ref))]
        .sort(([a], [b]) => byText(a, b))
        .map(([, held]) => held.map((fact) => ({ subject: fact.ref, first: fact.first }))),
    ]);
}

/** Rule name: people of two sources who held the same name at the same time. A re-used name links its present holder. */
function wantedByName(facts: readonly LinkFact[]): Wanted[] {
  return holdersOf(facts).flatMap(([value, sources]) =>
    sources.flatMap((left, i) =>
      sources.slice(i + 1).flatMap((right) =>
        left.flatMap((a) =>
          right
            .filter((b) => holderAt(right, a.first) === b.subject && holderAt(left, b.first) === a.subject)
            .map((b) => ({
              subject: a.subject,
              other: b.subject,
              value,
              first: Math.max(a.first, b.first),
            })),
        ),
      ),
    ),
  );
}

/** Two ids of one source that have held one name, one after the other or both at once. */
function sameNames(facts: readonly LinkFact[]): Conflict[] {
  return holdersOf(facts).flatMap(([value, sources]) =>
    sources.flatMap((claims) => {
      const held = tenures(claims);
      return held.slice(1).flatMap((claim, i): Conflict[] => {
        const before = held[i];
        if (before === undefined) return [];
        return [{ kind: "same-name", a: before.subject, b: claim.subject, value, at: claim.first }];
      });
    }),
  );
}

/**
 * @param facts merged link facts of the whole workspace.
 * @param decisions effective decisions; those about other refs than people's are left alone.
 */
export function linkPeople(
  facts: readonly LinkFact[],
  decisions: readonly Decision[],
): { people: People; conflicts: Conflict[] } {
  const persons = [
    ...new Set(
      facts.filter((fact) => fact.kind === "seen" && fact.ref.startsWith("p:")).map((fact) => fact.ref),
    ),
  ].sort(byText);
  const known = new Set(persons);
  const decided = decisions
    .filter(({ a, b }) => known.has(a) && known.has(b))
    .toSorted((x, y) => byText(pairKey(x.a, x.b), pairKey(y.a, y.b)));
  const verdicts = new Map(decided.map(({ a, b, verdict }) => [pairKey(a, b), verdict]));
  const apart = new Set([...verdicts].filter(([, verdict]) => verdict === "different").map(([pair]) => pair));
  const people = new People(persons, apart);
  const conflicts: Conflict[] = [];
  for (const { a, b, verdict } of decided) {
    if (verdict === "same" && !people.unite(a, b, "manual")) {
      conflicts.push({ kind: "blocked", a, b, value: null, at: 0 });
    }
  }
  const stages: [PersonRule, Wanted[]][] = [
    ["external-id", wantedByExternalId(persons, facts)],
    ["name", wantedByName(facts)],
  ];
  for (const [rule, wanted] of stages) {
    for (const { subject: a, other: b, value, first: at } of wanted) {
      if (!people.unite(a, b, rule)) conflicts.push({ kind: "blocked", a, b, value, at });
    }
  }
  conflicts.push(...sameNames(facts));
  const open = conflicts.filter(
    ({ a, b }) => people.root(a) !== people.root(b) && !verdicts.has(pairKey(a, b)),
  );
  const once = new Map(
    open.map((conflict) => [`${pairKey(conflict.a, conflict.b)}\u0000${conflict.value}`, conflict]),
  );
  return { people, conflicts: [...once].sort(([a], [b]) => byText(a, b)).map(([, conflict]) => conflict) };
}
