/** Proofs as they stand in files: hashes in base64, one a line. */
import { consistencyRanges, coverRanges, type Range } from "../../db/merkle/ranges.ts";
import type { LeafSet } from "./leaf-set.ts";

/** What knows the hash over a range of leaves that one node covers. */
export type HashOf = (range: Range) => Promise<Uint8Array>;

const inBase64 = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

/**
 * The inclusion proof of all leaves of a set at once: the hashes of the largest nodes with none of them below, from left to
 * right, a line each. Each leaf's own audit path (RFC 6962 §2.1.1) follows from these and the other leaves.
 */
export async function* inclusionLines(leaves: LeafSet, hashOf: HashOf): AsyncGenerator<string> {
  if (leaves.size === 0) return;
  for (const range of coverRanges(leaves.countIn, 0, leaves.size)) yield `${inBase64(await hashOf(range))}\n`;
}

/** That a log of `size` leaves continues the one of `before` (RFC 6962 §2.1.2): the proof's hashes. */
export async function consistencyProof(before: number, size: number, hashOf: HashOf): Promise<string[]> {
  const proof: string[] = [];
  for (const range of consistencyRanges(before, size)) proof.push(inBase64(await hashOf(range)));
  return proof;
}
