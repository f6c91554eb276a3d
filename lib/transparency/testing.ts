/** For tests: the definitions word for word, and verifiers that are not ours. */
import { createHash, createPublicKey } from "node:crypto";
import { verifyCheckpoint } from "@sigstore/verify/dist/timestamp/checkpoint.js";
import { verifyMerkleInclusion } from "@sigstore/verify/dist/timestamp/merkle.js";
import { readKey } from "../evidence/verify.mjs";

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** MTH as RFC 6962 §2.1 defines it. */
export function mth(entries: readonly Uint8Array[]): Buffer {
  const [first] = entries;
  if (first === undefined) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), first);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), mth(entries.slice(0, k)), mth(entries.slice(k)));
}

/** Holds an audit path against sigstore's verifier. @throws what that says. */
export function acceptInclusion(proof: {
  entry: Uint8Array;
  leaf: number;
  size: number;
  root: Uint8Array;
  hashes: readonly Uint8Array[];
}): void {
  const inclusionProof = {
    logIndex: String(proof.leaf),
    treeSize: String(proof.size),
    rootHash: Buffer.from(proof.root),
    hashes: proof.hashes.map((hash) => Buffer.from(hash)),
  };
  // Of an entry of its own log it reads these alone.
  const entry = { canonicalizedBody: Buffer.from(proof.entry), inclusionProof };
  verifyMerkleInclusion(entry as unknown as Parameters<typeof verifyMerkleInclusion>[0]);
}

/**
 * Holds a signed checkpoint against sigstore's verifier, which wants every signature to be by a key that it knows.
 * @param keys as texts. @throws what that says.
 */
export function acceptCheckpoint(checkpoint: string, root: Uint8Array, keys: readonly string[]): void {
  const logs = keys.map((text) => {
    const { id, publicKey } = readKey(text);
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
    return {
      logID: Buffer.from(id, "hex"),
      publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }),
      validFor: { start: new Date(0), end: new Date("2100-01-01") },
    };
  });
  const entry = {
    integratedTime: "1",
    inclusionProof: { checkpoint: { envelope: checkpoint }, rootHash: Buffer.from(root) },
  };
  verifyCheckpoint(entry as unknown as Parameters<typeof verifyCheckpoint>[0], logs);
}
