/**
 * What must be looked at again when the log says something new of a few refs: all that linking (lib/lifecycle/linking.ts)
 * reads for whoever may now stand for another subject, and no more, so that a few records need no look at everybody.
 *
 * A ref's holdings follow from its own facts, its aliases', and the people whom these name. Who these people are follows from
 * the facts of all who share a name or an id with one of them, or with one of those, and so on. Facts are only ever added, or
 * said to be older: who was tied to somebody before still is. Whatever record says that an account is another's alias tells of
 * both (`linkFactsOf`), so that each of them is found by its own ref.
 */
import { factsOf, type RefFacts } from "../../db/log/read-facts.ts";
import type { Decision } from "../lifecycle/people.ts";
import { endOf, type LinkFact } from "../lifecycle/refs.ts";

/** Where facts are looked up. */
export interface FactsLookup {
  /** Those of some refs, where there are any. */
  of(refs: readonly string[]): Promise<RefFacts[]>;
  /**
   * Those of all refs that say one of `sayings` ("name ada@…", as facts are keyed), or that end in one of `ends` (`endOf`).
   * @returns null where they are too many.
   */
  near(sayings: readonly string[], ends: readonly string[]): Promise<RefFacts[] | null>;
}

export interface Neighbours {
  /** Refs whose holdings may have changed. */
  refs: ReadonlySet<string>;
  /** All facts that their holdings follow from, and some of others. */
  facts: LinkFact[];
}

const isPerson = (ref: string): boolean => ref.startsWith("p:");

/** What is known by now of who says what. */
class Known {
  readonly facts = new Map<string, LinkFact[]>();
  /** Of each ref of a decision the other one. */
  private readonly decided = new Map<string, string[]>();

  constructor(
    private readonly lookup: FactsLookup,
    decisions: readonly Decision[],
    private readonly most: number,
  ) {
    for (const { a, b } of decisions) {
      this.decided.set(a, [...(this.decided.get(a) ?? []), b]);
      this.decided.set(b, [...(this.decided.get(b) ?? []), a]);
    }
  }

  get tooMany(): boolean {
    return this.facts.size > this.most;
  }

  decidedWith(refs: Iterable<string>): string[] {
    return [...refs].flatMap((ref) => this.decided.get(ref) ?? []);
  }

  private keep(rows: readonly RefFacts[]): void {
    for (const row of rows) if (!this.facts.has(row.ref)) this.facts.set(row.ref, factsOf(row));
  }

  async read(refs: Iterable<string>): Promise<void> {
    const missing = [...new Set(refs)].filter((ref) => !this.facts.has(ref));
    if (missing.length > 0) this.keep(await this.lookup.of(missing));
  }

  /** @returns the refs that are near; null where they are too many. */
  async near(sayings: Iterable<string>, ends: Iterable<string> = []): Promise<string[] | null> {
    const rows = await this.lookup.near([...new Set(sayings)], [...new Set(ends)]);
    if (rows === null) return null;
    this.keep(rows);
    return this.tooMany ? null : rows.map(({ ref }) => ref);
  }

  values(refs: Iterable<string>, kind: LinkFact["kind"]): string[] {
    return [...refs].flatMap((ref) =>
      (this.facts.get(ref) ?? []).filter((fact) => fact.kind === kind).map(({ value }) => value),
    );
  }
}

/** The people, and all who are tied to one of them by names, ids or decisions, step by step. */
async function withTied(known: Known, people: Iterable<string>): Promise<Set<string> | null> {
  const all = new Set<string>();
  for (let fresh = [...new Set(people)].filter(isPerson); fresh.length > 0; ) {
    for (const person of fresh) all.add(person);
    const decided = known.decidedWith(fresh).filter(isPerson);
    await known.read([...fresh, ...decided]);
    const found = await known.near(
      [
        ...known.values(fresh, "name").map((name) => `name ${name}`),
        ...fresh.map((person) => `external ${endOf(person)}`),
      ],
      known.values(fresh, "external"),
    );
    if (found === null) return null;
    fresh = [...new Set([...found, ...decided])].filter((ref) => isPerson(ref) && !all.has(ref));
  }
  return all;
}

/** Accounts, names and credentials that may be one of the people's. */
async function ownedBy(known: Known, people: ReadonlySet<string>): Promise<string[] | null> {
  const names = known.values(people, "name");
  const found = await known.near(
    [
      ...[...people].flatMap((person) => [`person ${person}`, `external ${endOf(person)}`]),
      ...names.map((name) => `name ${name}`),
    ],
    names,
  );
  if (found === null) return null;
  return [...found, ...names.map((name) => `n:${name}`), ...known.decidedWith(people)].filter(
    (ref) => !isPerson(ref),
  );
}

/** The refs, and all that are aliases of one another with them. */
async function withAliases(known: Known, refs: readonly string[]): Promise<Set<string> | null> {
  const all = new Set<string>();
  for (let fresh = [...new Set(refs)]; fresh.length > 0; ) {
    for (const ref of fresh) all.add(ref);
    await known.read(fresh);
    const accounts = fresh.filter((ref) => ref.startsWith("x:"));
    const found = accounts.length === 0 ? [] : await known.near(accounts.map((ref) => `alias ${ref}`));
    if (found === null) return null;
    fresh = [...new Set([...found, ...known.values(accounts, "alias")])].filter((ref) => !all.has(ref));
  }
  return all;
}

/** The people whom refs name in any of the ways in which linking takes it. */
async function namedBy(known: Known, refs: ReadonlySet<string>): Promise<string[] | null> {
  const names = [...known.values(refs, "name"), ...[...refs].map(endOf)];
  const found = await known.near(
    names.map((name) => `name ${name}`),
    known.values(refs, "external"),
  );
  if (found === null) return null;
  return [...found, ...known.values(refs, "person"), ...known.decidedWith(refs)].filter(isPerson);
}

/**
 * @param changed refs of which the log says something new.
 * @param decisions effective ones; they are as they were when the refs were last linked.
 * @param most refs that are looked at.
 * @returns null where it would take more: then linking everybody is sooner.
 */
export async function neighboursOf(
  changed: Iterable<string>,
  lookup: FactsLookup,
  decisions: readonly Decision[],
  most: number,
): Promise<Neighbours | null> {
  const known = new Known(lookup, decisions, most);
  const refs = [...changed];
  await known.read(refs);
  const people = await withTied(known, refs);
  if (people === null) return null;
  const owned = await ownedBy(known, people);
  if (owned === null) return null;
  const others = await withAliases(known, [...refs.filter((ref) => !isPerson(ref)), ...owned]);
  if (others === null) return null;
  const named = await namedBy(known, others);
  if (named === null) return null;
  const beside = await withTied(known, named);
  if (beside === null || known.tooMany) return null;
  const all = new Set([...people, ...others, ...beside]);
  return {
    refs: new Set([...people, ...others]),
    facts: [...all].flatMap((ref) => known.facts.get(ref) ?? []),
  };
}
