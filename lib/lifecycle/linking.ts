/**
 * Linking: which subject each ref stands for, and when. A pure function of the link facts of the whole workspace and of
 * what people decided, so that neither the order of arrival nor the number of deliveries can change who is who.
 * See docs/semantics.md §3.
 */
import type { Instant } from "../ingest/event.ts";
import { groupBy } from "./group-by.ts";
import {
  byText,
  type Claim,
  type Conflict,
  type Decision,
  linkPeople,
  type PersonRule,
  pairKey,
  tenures,
} from "./people.ts";
import { endOf, type LinkFact } from "./refs.ts";
import type { SubjectId } from "./types.ts";

export type LinkRule = PersonRule | "account" | "account-name" | "owner" | "unlinked";

/** A ref stands for `subject` from `from` (inclusive) to `to` (exclusive); null means without bound. */
export interface Holding {
  ref: string;
  from: Instant | null;
  to: Instant | null;
  subject: SubjectId;
  rule: LinkRule;
}

function holdingsOf(ref: string, claims: readonly Claim[], rule: LinkRule): Holding[] {
  const held = tenures(claims);
  return held.map((claim, i) => ({
    ref,
    from: i === 0 ? null : claim.first,
    to: held[i + 1]?.first ?? null,
    subject: claim.subject,
    rule,
  }));
}

const isPerson = (ref: string): boolean => ref.startsWith("p:");

/** Links refs some at a time, as if all were linked at once. */
export interface Linker {
  /** What waits to be decided. */
  conflicts: Conflict[];
  /**
   * @param facts all that is said of some refs, each once, in any order. Accounts of which one is another's alias come together.
   * @returns for each of the refs that was seen, its holdings in order of time, sorted by ref.
   */
  holdings(facts: readonly LinkFact[]): Holding[];
}

/**
 * @param facts all link facts of the workspace's people, each once, in any order; those of other refs are left alone.
 * @param decisions effective decisions of people (`lib/identities`): they come before every rule.
 */
export function linker(facts: readonly LinkFact[], decisions: readonly Decision[] = []): Linker {
  const ofPeople = facts.filter(({ ref }) => isPerson(ref));
  const { people, conflicts } = linkPeople(ofPeople, decisions);
  const claim = (person: string, first: Instant): Claim => ({ subject: people.root(person), first });
  const nameClaims = groupBy(
    ofPeople.filter(({ kind }) => kind === "name"),
    (fact) => fact.value,
  );
  const personsById = groupBy(
    ofPeople.filter(({ kind }) => kind === "seen").map(({ ref }) => ref),
    endOf,
  );
  const manual = new Map<string, Decision[]>();
  for (const decision of decisions) {
    for (const ref of [decision.a, decision.b]) manual.set(ref, [...(manual.get(ref) ?? []), decision]);
  }
  /** Whom somebody decided a ref to belong to. */
  const decidedFor = (ref: string): string | undefined =>
    (manual.get(ref) ?? [])
      .filter(({ verdict }) => verdict === "same")
      .map(({ a, b }) => (a === ref ? b : a))
      .filter(isPerson)
      .sort(byText)[0];
  /** Claims of those whom nobody decided to be somebody else. */
  const allowed = (ref: string, claims: readonly Claim[]): readonly Claim[] => {
    const decided = manual.get(ref);
    if (decided === undefined) return claims;
    const refused = new Set(
      decided
        .filter(({ verdict }) => verdict === "different")
        .map(({ a, b }) => people.root(a === ref ? b : a)),
    );
    return claims.filter(({ subject }) => !refused.has(subject));
  };
  const byName = (name: string): Claim[] =>
    (nameClaims.get(name) ?? []).map((fact) => claim(fact.ref, fact.first));
  /** An id that people of two sources have is nobody's. */
  const byId = (id: string, first: Instant): Claim[] => {
    const subjects = new Set((personsById.get(id) ?? []).map((person) => people.root(person)));
    return subjects.size === 1 ? [...subjects].map((subject) => ({ subject, first })) : [];
  };
  /** By decision, else by claims, else nobody's. */
  const simpleHoldings = (ref: string, claims: readonly Claim[], rule: LinkRule): Holding[] => {
    const owner = decidedFor(ref);
    if (owner !== undefined) return holdingsOf(ref, [claim(owner, 0)], "manual");
    const held = allowed(ref, claims);
    return held.length > 0
      ? holdingsOf(ref, held, rule)
      : holdingsOf(ref, [{ subject: ref, first: 0 }], "unlinked");
  };

  const holdings = (some: readonly LinkFact[]): Holding[] => {
    const said = groupBy(some, (fact) => fact.ref);
    const of = (ref: string, kind: LinkFact["kind"]): LinkFact[] =>
      (said.get(ref) ?? []).filter((fact) => fact.kind === kind);
    const aliases = groupBy(
      some
        .filter(({ kind }) => kind === "alias")
        .flatMap(({ ref, value }): [string, string][] => [
          [ref, value],
          [value, ref],
        ]),
      ([ref]) => ref,
    );
    const byPerson = (ref: string): Claim[] => of(ref, "person").map((fact) => claim(fact.value, fact.first));
    const byExternalId = (ref: string): Claim[] =>
      of(ref, "external").flatMap((fact) => byId(fact.value, fact.first));
    const byOwnersName = (ref: string): Claim[] => of(ref, "name").flatMap((fact) => byName(fact.value));

    const accountHoldings = (ref: string): Holding[] => {
      const also = (aliases.get(ref) ?? []).map(([, alias]) => alias).sort(byText);
      const named = [ref, ...also];
      for (const one of named) {
        const owner = decidedFor(one);
        if (owner !== undefined) return holdingsOf(ref, [claim(owner, 0)], "manual");
      }
      const ways: [() => Claim[], LinkRule][] = [
        [() => byPerson(ref), "account"],
        [() => also.flatMap(byPerson), "account"],
        [() => byExternalId(ref), "external-id"],
        [() => also.flatMap(byExternalId), "external-id"],
        ...named.map((one): [() => Claim[], LinkRule] => [() => byName(endOf(one)), "account-name"]),
        ...named.map((one): [() => Claim[], LinkRule] => [() => byOwnersName(one), "account-name"]),
      ];
      for (const [claims, rule] of ways) {
        const held = named.reduce<readonly Claim[]>((left, one) => allowed(one, left), claims());
        if (held.length > 0) return holdingsOf(ref, held, rule);
      }
      // Nobody's: an account known by id and by name is one subject, under its name.
      const subject = named.find((one) => !endOf(one).startsWith("#")) ?? ref;
      return holdingsOf(ref, [{ subject, first: 0 }], "unlinked");
    };

    const refs = [...said.keys()].filter((ref) => of(ref, "seen").length > 0).sort(byText);
    return refs.flatMap((ref): Holding[] => {
      switch (ref.slice(0, 2)) {
        case "p:":
          return [{ ref, from: null, to: null, subject: people.root(ref), rule: people.rule(ref) }];
        case "x:":
          return accountHoldings(ref);
        case "n:":
          return simpleHoldings(ref, byName(ref.slice(2)), "name");
        case "c:":
          return simpleHoldings(ref, byPerson(ref), "owner");
        default:
          return [{ ref, from: null, to: null, subject: ref, rule: "unlinked" }];
      }
    });
  };
  return { conflicts, holdings };
}

/**
 * @param facts link facts of the whole workspace, each once (`mergeFacts`), in any order.
 * @param decisions as {@link linker} takes them.
 * @returns for each ref that was seen, its holdings in order of time, sorted by ref; and what waits to be decided.
 */
export function link(
  facts: readonly LinkFact[],
  decisions: readonly Decision[] = [],
): { holdings: Holding[]; conflicts: Conflict[] } {
  const { conflicts, holdings } = linker(facts, decisions);
  return { conflicts, holdings: holdings(facts) };
}

/** Of all decisions ever made, in the order in which they were made, those that hold: the newest of each pair. */
export function effective(
  made: readonly { a: string; b: string; verdict: Decision["verdict"] | "withdrawn" }[],
): Decision[] {
  const newest = new Map(made.map((decision) => [pairKey(decision.a, decision.b), decision]));
  return [...newest]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([, { a, b, verdict }]) => (verdict === "withdrawn" ? [] : [{ a, b, verdict }]));
}
