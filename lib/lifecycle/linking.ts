/**
 * Linking: which subject each ref stands for, and when. A pure function of the link facts of the whole workspace, so
 * that neither the order of arrival nor the number of deliveries can change who is who. See docs/semantics.md §3.
 */
import type { Instant } from "../ingest/event.ts";
import type { LinkFact } from "./refs.ts";
import type { SubjectId } from "./types.ts";

export type LinkRule =
  | "immutable-id"
  | "external-id"
  | "name"
  | "account"
  | "account-name"
  | "owner"
  | "unlinked";

/** A ref stands for `subject` from `from` (inclusive) to `to` (exclusive); null means without bound. */
export interface Holding {
  ref: string;
  from: Instant | null;
  to: Instant | null;
  subject: SubjectId;
  rule: LinkRule;
}

/** Somebody's claim on a ref, made first at `first`. */
interface Claim {
  subject: SubjectId;
  first: Instant;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `p:<source>:<id>`: a source's name holds no colon. */
const sourceOf = (person: string): string => person.slice(2, person.indexOf(":", 2));
const idOf = (person: string): string => person.slice(person.indexOf(":", 2) + 1);

/** Clusters of person refs that never hold two refs of one source: two ids of one source are two people. */
class People {
  private readonly parent = new Map<string, string>();
  private readonly members = new Map<string, string[]>();
  readonly rules = new Map<string, LinkRule>();

  add(person: string): void {
    this.parent.set(person, person);
    this.members.set(person, [person]);
    this.rules.set(person, "immutable-id");
  }

  root(person: string): string {
    return this.parent.get(person) ?? person;
  }

  /** Puts the two clusters together unless that would merge two people of one source. */
  unite(a: string, b: string, rule: LinkRule): void {
    const [keep, join] = [this.root(a), this.root(b)].sort(byText) as [string, string];
    if (keep === join) return;
    const kept = this.members.get(keep) ?? [];
    const joining = this.members.get(join) ?? [];
    const taken = new Set(kept.map(sourceOf));
    if (joining.some((person) => taken.has(sourceOf(person)))) return;
    for (const person of joining) {
      this.parent.set(person, keep);
      if (this.rules.get(person) === "immutable-id") this.rules.set(person, rule);
    }
    this.members.set(keep, [...kept, ...joining]);
    this.members.delete(join);
  }
}

/** Claims in the order in which they were first made; repeated holders folded. */
function tenures(claims: readonly Claim[]): Claim[] {
  const sorted = [...claims].sort((a, b) => a.first - b.first || byText(a.subject, b.subject));
  const result: Claim[] = [];
  for (const claim of sorted) if (result.at(-1)?.subject !== claim.subject) result.push(claim);
  return result;
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

/** Who holds at `at`: the last claim made by then, or the first of all. */
function holderAt(claims: readonly Claim[], at: Instant): SubjectId | undefined {
  const held = tenures(claims);
  return (held.findLast((claim) => claim.first <= at) ?? held[0])?.subject;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Rule externalId: a person ref of one source says the id that another source knows the person by. */
function uniteByExternalId(people: People, persons: readonly string[], facts: readonly LinkFact[]): void {
  const byId = new Map<string, string[]>();
  for (const person of persons) push(byId, idOf(person), person);
  for (const fact of facts) {
    if (fact.kind !== "external") continue;
    for (const other of byId.get(fact.value) ?? []) {
      if (sourceOf(other) !== sourceOf(fact.ref)) people.unite(other, fact.ref, "external-id");
    }
  }
}

/** Rule name: people of two sources who held the same name at the same time. A re-used name links its present holder. */
function uniteByName(people: People, facts: readonly LinkFact[]): void {
  const holders = new Map<string, Map<string, Claim[]>>();
  for (const fact of facts) {
    if (fact.kind !== "name" || !fact.ref.startsWith("p:")) continue;
    const sources = holders.get(fact.value) ?? new Map<string, Claim[]>();
    holders.set(fact.value, sources);
    push(sources, sourceOf(fact.ref), { subject: fact.ref, first: fact.first });
  }
  for (const [, sources] of [...holders].sort(([a], [b]) => byText(a, b))) {
    const all = [...sources].sort(([a], [b]) => byText(a, b)).map(([, claims]) => claims);
    for (const [i, left] of all.entries()) {
      for (const right of all.slice(i + 1)) {
        for (const a of left) {
          for (const b of right) {
            const together = holderAt(right, a.first) === b.subject && holderAt(left, b.first) === a.subject;
            if (together) people.unite(a.subject, b.subject, "name");
          }
        }
      }
    }
  }
}

/**
 * @param facts merged link facts (`mergeFacts`) of the whole workspace.
 * @returns for each ref that was seen, its holdings in order of time; sorted by ref.
 */
export function link(facts: readonly LinkFact[]): Holding[] {
  const refs = [...new Set(facts.filter((fact) => fact.kind === "seen").map((fact) => fact.ref))].sort(
    byText,
  );
  const persons = refs.filter((ref) => ref.startsWith("p:"));
  const people = new People();
  for (const person of persons) people.add(person);
  uniteByExternalId(people, persons, facts);
  uniteByName(people, facts);

  const nameClaims = new Map<string, Claim[]>();
  const personClaims = new Map<string, Claim[]>();
  const aliases = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.kind === "name")
      push(nameClaims, fact.value, { subject: people.root(fact.ref), first: fact.first });
    if (fact.kind === "person")
      push(personClaims, fact.ref, { subject: people.root(fact.value), first: fact.first });
    if (fact.kind === "alias") {
      push(aliases, fact.ref, fact.value);
      push(aliases, fact.value, fact.ref);
    }
  }

  const accountHoldings = (ref: string): Holding[] => {
    const own = personClaims.get(ref);
    if (own !== undefined) return holdingsOf(ref, own, "account");
    const also = (aliases.get(ref) ?? []).sort(byText);
    const claimed = also.flatMap((alias) => personClaims.get(alias) ?? []);
    if (claimed.length > 0) return holdingsOf(ref, claimed, "account");
    for (const named of [ref, ...also]) {
      const name = named.slice(named.indexOf(":", 2) + 1);
      const claims = nameClaims.get(name);
      if (claims !== undefined) return holdingsOf(ref, claims, "account-name");
    }
    // Nobody's: an account known by id and by name is one subject, under its name.
    const subject =
      [ref, ...also].find((named) => !named.slice(named.indexOf(":", 2) + 1).startsWith("#")) ?? ref;
    return holdingsOf(ref, [{ subject, first: 0 }], "unlinked");
  };

  return refs.flatMap((ref): Holding[] => {
    switch (ref.slice(0, 2)) {
      case "p:":
        return [
          {
            ref,
            from: null,
            to: null,
            subject: people.root(ref),
            rule: people.rules.get(ref) ?? "immutable-id",
          },
        ];
      case "x:":
        return accountHoldings(ref);
      case "n:": {
        const claims = nameClaims.get(ref.slice(2));
        return claims !== undefined
          ? holdingsOf(ref, claims, "name")
          : holdingsOf(ref, [{ subject: ref, first: 0 }], "unlinked");
      }
      case "c:": {
        const claims = personClaims.get(ref);
        return claims !== undefined
          ? holdingsOf(ref, claims, "owner")
          : holdingsOf(ref, [{ subject: ref, first: 0 }], "unlinked");
      }
      default:
        return [{ ref, from: null, to: null, subject: ref, rule: "unlinked" }];
    }
  });
}
