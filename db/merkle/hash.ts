/** The hashes of a Merkle tree as in RFC 6962 §2.1 (the same in RFC 9162). */
import { createHash } from "node:crypto";

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf: SHA-256 of a zero byte and the entry. */
export const leafHash = (entry: Uint8Array | string): Buffer =>
  createHash("sha256").update(LEAF).update(entry).digest();

/** The hash of a node: SHA-256 of a one byte, its left and its right child. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash("sha256").update(NODE).update(left).update(right).digest();

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = createHash("sha256").digest();

/** The largest power of two below `n`, where a tree of `n` leaves, two or more, is divided. */
export function splitOf(n: number): number {
  let k = 1;
  // Not by shifts: a log may have more than 2^31 records.
  while (k * 2 < n) k *= 2;
  return k;
}

/** The hash over complete subtrees that stand side by side; a power of two of them, at least one. */
export function foldPerfect(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2)
      above.push(nodeHash(level[i] as Uint8Array, level[i + 1] as Uint8Array));
    level = above;
  }
  return level[0] as Uint8Array;
}
