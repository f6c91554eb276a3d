/** Seeded randomness: the same seed and name always give the same numbers, on every platform. */

/** FNV-1a, 32 bits: spreads names of streams over seeds. */
function hash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HEX = "0123456789abcdef";

/** One stream of numbers from sfc32 (Chris Doty-Humphrey's small fast counter, from PractRand). */
export class Random {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: string) {
    this.#seed = hash(stream, seed >>> 0);
    this.#a = this.#seed;
    this.#b = hash(stream, this.#seed ^ 0x9e3779b9);
    this.#c = Math.imul(seed | 1, 0x85ebca6b) >>> 0;
    // The seed reaches every bit of the state after a dozen steps.
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A stream of its own, which no other stream's use can shift. */
  fork(name: string): Random {
    return new Random(this.#seed, name);
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError("Nothing to pick from.");
    return item;
  }

  /** The items in another order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    const out: T[] = [];
    while (left.length > 0) out.push(...left.splice(Math.floor(this.next() * left.length), 1));
    return out;
  }

  #text(alphabet: string, length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += alphabet[Math.floor(this.next() * alphabet.length)];
    return text;
  }

  /** An id as Okta makes them: a prefix for the kind, 20 characters in all. */
  oktaId(prefix: string): string {
    return prefix + this.#text(BASE62, 20 - prefix.length);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const variant = HEX[8 + Math.floor(this.next() * 4)];
    return `${this.#text(HEX, 8)}-${this.#text(HEX, 4)}-4${this.#text(HEX, 3)}-${variant}${this.#text(HEX, 3)}-${this.#text(HEX, 12)}`;
  }

  /** An id as WorkOS makes them: a prefix and a ULID. */
  workosId(prefix: string): string {
    return `${prefix}_01${this.#text(CROCKFORD, 24)}`;
  }
}
