/** By what the log knows a person: the refs that stand for them, and each value that names them there. Pure. */
import type { NormalEvent } from "../ingest/event.ts";
import type { Held } from "../ingest/subjects.ts";
import { accountRefs, normaliseName, personRef } from "../lifecycle/refs.ts";
import { isTelling, spelledInJson, wordsPattern } from "./words.ts";

/** The last part of a person's, a name's or an account's ref, without the # before an id; null of other refs. */
export function namedIn(ref: string): string | null {
  switch (ref.slice(0, 2)) {
    case "n:":
      return ref.slice(2);
    case "p:":
      return ref.slice(ref.indexOf(":", 2) + 1);
    case "x:": {
      const last = ref.slice(ref.indexOf(":", 2) + 1);
      return last.startsWith("#") ? last.slice(1) : last;
    }
    default:
      return null;
  }
}

export class Marks {
  private readonly held = new Map<string, Held[]>();
  /** Ids and names, spelled as they stand. */
  private readonly values = new Set<string>();
  private readonly normalised = new Set<string>();
  private readonly displayNames = new Set<string>();
  private readonly shared = new Set<string>();

  constructor(
    readonly subject: string,
    holdings: readonly Held[],
  ) {
    for (const holding of holdings) {
      this.held.set(holding.ref, [...(this.held.get(holding.ref) ?? []), holding]);
      this.add(namedIn(holding.ref));
    }
  }

  /** Somebody of whom nothing but what they are called is known. */
  static called(subject: string, values: Iterable<string>): Marks {
    const marks = new Marks(subject, []);
    for (const value of values) marks.add(value);
    return marks;
  }

  private add(value: string | null | undefined): void {
    if (!value || value.trim() === "") return;
    this.values.add(value);
    this.normalised.add(normaliseName(value));
  }

  /** Learns what an event calls them. @param ref the one under which it is gathered. */
  learn(event: NormalEvent, source: string, ref: string | null): void {
    const { person, account } = event;
    if (person !== null && this.isPerson(event, source, ref)) {
      for (const value of [person.id, person.externalId, person.userName, person.email]) this.add(value);
      if (person.displayName !== null && person.displayName.trim() !== "")
        this.displayNames.add(person.displayName);
    }
    if (account !== null && this.isAccount(event, ref)) {
      for (const value of [account.id, account.userName]) this.add(value);
      if (account.displayName !== null && account.displayName.trim() !== "")
        this.displayNames.add(account.displayName);
    }
  }

  /** A value that somebody else is known by too: where it stands alone, it tells of nobody. */
  share(value: string): void {
    if (this.normalised.has(normaliseName(value))) this.shared.add(normaliseName(value));
  }

  /** The refs that stand for them at any time. */
  get refs(): string[] {
    return [...this.held.keys()];
  }

  has(ref: string | null): boolean {
    return ref !== null && this.held.has(ref);
  }

  /** Whether an event of this ref and time is theirs. */
  isTheirs(ref: string | null, at: number): boolean {
    if (ref === null) return false;
    return (
      this.held.get(ref)?.some(({ from, to }) => (from === null || at >= from) && (to === null || at < to)) ??
      false
    );
  }

  /** Whether it is they whom the event names as the person: a record of a credential may name an administrator. */
  isPerson(event: NormalEvent, source: string, ref: string | null): boolean {
    const { person, credential, at } = event;
    if (person === null) return false;
    if (person.id !== null && person.id !== "") return this.isTheirs(personRef(source, person.id), at);
    if (!this.isTheirs(ref, at)) return this.isNamed(person.userName) || this.isNamed(person.email);
    return credential === null || this.isNamed(person.userName) || this.isNamed(person.email);
  }

  /** Whether the account that the event names is theirs. */
  isAccount(event: NormalEvent, ref: string | null): boolean {
    if (event.account === null) return false;
    if (event.credential === null && this.isTheirs(ref, event.at)) return true;
    return accountRefs(event).some((own) => this.isTheirs(own, event.at));
  }

  /** Whether it is they whom the event names as the one who acted. */
  isActor({ actor, at }: NormalEvent, source: string): boolean {
    if (actor === null) return false;
    if (actor.id !== null && this.isTheirs(personRef(source, actor.id), at)) return true;
    // Ids are each source's own: the id 42 of another source is anybody's.
    return this.isNamed(actor.name) || (actor.id !== null && isTelling(actor.id) && this.isNamed(actor.id));
  }

  /** Whether a value is one that names them and nobody else. */
  isNamed(value: string | null): boolean {
    if (value === null || value.trim() === "") return false;
    const name = normaliseName(value);
    return this.normalised.has(name) && !this.shared.has(name);
  }

  /** Whether a value is one that names them, and perhaps others. */
  isKnown(value: string): boolean {
    return this.normalised.has(normaliseName(value));
  }

  /** Finds in plain text what tells of them and nobody else. */
  telling(): RegExp | null {
    return wordsPattern(this.unshared());
  }

  /** The same in text that is JSON, or any other. */
  tellingInJson(): RegExp | null {
    return wordsPattern(this.unshared().flatMap(spelledInJson));
  }

  /** Finds in a text of a record that is about them whatever they are called; three letters are a word by chance. */
  names(): RegExp | null {
    return wordsPattern([...this.values, ...this.displayNames].filter((value) => value.length > 3));
  }

  /** Finds in a text of a record that names them without being about them. */
  namesBeside(): RegExp | null {
    return wordsPattern([
      ...this.unshared(),
      ...[...this.displayNames].filter((name) => /\s/u.test(name.trim())),
    ]);
  }

  private unshared(): string[] {
    return [...this.values].filter((value) => isTelling(value) && this.isNamed(value));
  }

  /** What points to them and nobody else wherever it stands. */
  get tellingValues(): readonly string[] {
    return this.unshared();
  }

  /** All values as they may stand in a record, whosever they are: one in which none stands says nothing of the refs. */
  anyInJson(): RegExp | null {
    const credentials = this.refs
      .filter((ref) => ref.startsWith("c:"))
      .map((ref) => ref.slice(ref.indexOf(":", 2) + 1));
    return wordsPattern([...this.values, ...credentials].flatMap((value) => spelledInJson(value.trim())));
  }
}
