/**
 * The seal: a zip comment with the SHA-256 of the manifest and of every byte before it. The manifest's hashes cover what the
 * files say; the seal covers the manifest and the zip's own bookkeeping, so that no byte of a zip can change unnoticed.
 * It has no key: it proves damage, not who wrote the zip.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";

const HEX = 64;
const UNSEALED = "0".repeat(HEX);

/** What a sealed zip is; its comment says it. */
export type Sealed = "evidence" | "backup";

const comment = (what: Sealed, manifestSha256: string, fileSha256: string) =>
  `Rollcall ${what}. SHA-256 of manifest.json: ${manifestSha256}. SHA-256 of all bytes before this hash: ${fileSha256}`;
const sealOf = (what: Sealed) =>
  new RegExp(`^${comment(what, "([0-9a-f]{64})", "([0-9a-f]{64})").replaceAll(".", "\\.")}$`, "u");

/** The zip comment before the file's hash is known; `sealing()` fills it in. */
export const unsealedComment = (what: Sealed, manifestSha256: string): string =>
  comment(what, manifestSha256, UNSEALED);

/** Passes a zip that ends in `unsealedComment()` through and puts the hash of all that went by in its place. */
export function sealing(): Transform {
  const hash = createHash("sha256");
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = Buffer.concat([held, chunk]);
      const ready = all.subarray(0, Math.max(0, all.length - HEX));
      held = all.subarray(ready.length);
      hash.update(ready);
      done(null, ready);
    },
    flush(done) {
      done(null, hash.digest("hex"));
    },
  });
}

interface Seal {
  manifestSha256: string;
  /** Whether the bytes before the seal are those that were sealed. */
  intact(): Promise<boolean>;
}

/** The seal at the end of a file; null when there is none of this kind. */
export async function readSeal(file: string, what: Sealed): Promise<Seal | null> {
  const length = comment(what, UNSEALED, UNSEALED).length;
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size < length) return null;
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const [, manifestSha256, fileSha256] = sealOf(what).exec(buffer.toString("latin1")) ?? [];
    if (manifestSha256 === undefined) return null;
    const intact = async () => {
      const hash = createHash("sha256");
      for await (const chunk of createReadStream(file, { end: size - HEX - 1 })) hash.update(chunk as Buffer);
      return hash.digest("hex") === fileSha256;
    };
    return { manifestSha256, intact };
  } finally {
    await handle.close();
  }
}
