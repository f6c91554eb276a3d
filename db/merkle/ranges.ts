/**
 * Proofs as lists of ranges of leaves, whose hashes in that order are the proof. Pure arithmetic: who knows the hashes adds
 * them. Ranges are half open, [from, to), and each is the leaves below one node of the tree.
 */
import { splitOf } from "./hash.ts";

export interface Range {
  from: number;
  to: number;
}

/**
 * The audit path of a leaf, lowest sibling first (RFC 6962 §2.1.1).
 * @param leaf below `size`.
 */
export function inclusionRanges(leaf: number, size: number): Range[] {
  const path: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (leaf < middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * What proves that the tree of `size` leaves begins with the tree of `before` (RFC 6962 §2.1.2).
 * @param before from 1 to `size`; empty when they are equal.
 */
export function consistencyRanges(before: number, size: number): Range[] {
  const proof: Range[] = [];
  let [from, to] = [0, size];
  // Whether the old tree is one complete node here, whose hash the verifier has already.
  let whole = true;
  while (to !== before) {
    const middle = from + splitOf(to - from);
    if (before <= middle) {
      proof.push({ from: middle, to });
      to = middle;
    } else {
      proof.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) proof.push({ from, to });
  return proof.reverse();
}

/** Which leaves of a tree are at hand: how many of them lie in a range. */
export type CountIn = (from: number, to: number) => number;

/**
 * What is needed besides the leaves at hand to work out the root: the largest nodes with none of them below, from left to
 * right. With the leaves themselves it is an inclusion proof of all of them at once.
 */
export function* coverRanges(countIn: CountIn, from: number, to: number): Generator<Range> {
  if (from === to) return;
  const count = countIn(from, to);
  if (count === 0) yield { from, to };
  if (count === 0 || count === to - from) return;
  const middle = from + splitOf(to - from);
  yield* coverRanges(countIn, from, middle);
  yield* coverRanges(countIn, middle, to);
}
