/** The pseudonyms that were given under one key, and what each stands for. Pure. */
import { normaliseName } from "../lifecycle/refs.ts";
import { isPseudonym, PSEUDONYMS, pseudonymOf } from "./pseudonym.ts";

/** Two spellings of one name met in one pseudonym, which another key mends. */
export class PseudonymsMet extends Error {
  override name = "PseudonymsMet";
}

export class Pseudonyms {
  private readonly known = new Map<string, string>();

  constructor(private readonly key: Uint8Array) {}

  /** What each stands for. */
  get originals(): ReadonlyMap<string, string> {
    return this.known;
  }

  /** The pseudonym of a value; what is one already stays, it is another person's. @throws {PseudonymsMet} */
  of(value: string): string {
    if (isPseudonym(value)) return value;
    const given = pseudonymOf(this.key, value);
    this.keep(given, value);
    // As a name in a ref it stands in lower case.
    this.keep(given.toLowerCase(), normaliseName(value));
    return given;
  }

  private keep(given: string, value: string): void {
    const known = this.known.get(given);
    if (known !== undefined && known !== value) throw new PseudonymsMet("Two spellings have one pseudonym.");
    this.known.set(given, value);
  }

  /** What {@link originalsOf} reads. */
  get dictionary(): Buffer {
    return Buffer.from(JSON.stringify([...this.known].sort(([a], [b]) => (a < b ? -1 : 1))));
  }
}

/** What each pseudonym stands for. @param dictionary as {@link Pseudonyms} wrote it. */
export const originalsOf = (dictionary: Uint8Array): Map<string, string> =>
  new Map(JSON.parse(Buffer.from(dictionary).toString()) as [string, string][]);

/** A text with what its pseudonyms stand for; those of other people stay. */
export const namedAgain = (text: string, originals: ReadonlyMap<string, string>): string =>
  text.replace(PSEUDONYMS, (given) => originals.get(given) ?? given);
