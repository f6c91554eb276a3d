/** Which leaves of a log a pack has: a bit each, and counts that make asking about a range quick. */

const BITS = 32;

const bitsIn = (word: number): number => {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

export class LeafSet {
  private readonly words: Uint32Array;
  /** Leaves in the words before each; made when a range is first asked for. */
  private counts: Uint32Array | null = null;

  /** @param size leaves of the log. */
  constructor(readonly size: number) {
    this.words = new Uint32Array(Math.ceil(size / BITS));
  }

  /** @throws RangeError where the log has no such leaf. */
  add(leaf: number): void {
    const at = Math.floor(leaf / BITS);
    const word = this.words[at];
    if (word === undefined || leaf >= this.size)
      throw new RangeError(`A log of ${this.size} has no leaf ${leaf}.`);
    this.words[at] = word | (1 << (leaf % BITS));
    this.counts = null;
  }

  /** How many of the leaves from one up to another are in the set. */
  countIn = (from: number, to: number): number => this.below(to) - this.below(from);

  private below(leaf: number): number {
    this.counts ??= this.counted();
    const at = Math.floor(leaf / BITS);
    const rest = leaf % BITS;
    return (this.counts[at] ?? 0) + (rest === 0 ? 0 : bitsIn((this.words[at] ?? 0) & (2 ** rest - 1)));
  }

  private counted(): Uint32Array {
    const counts = new Uint32Array(this.words.length + 1);
    for (const [at, word] of this.words.entries()) counts[at + 1] = (counts[at] ?? 0) + bitsIn(word);
    return counts;
  }
}
