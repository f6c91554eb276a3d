/** Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint). What reads and checks them is lib/evidence/verify.mjs. */
import { createHash, sign } from "node:crypto";
import type { SigningKey } from "./keys.ts";

/** The type of Ed25519 keys. */
const ED25519 = Buffer.of(1);

const keyIdOf = (name: string, publicKey: Uint8Array): Buffer =>
  createHash("sha256").update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, 4);

/**
 * A key as it is handed out to whoever checks: NAME+ID+KEY.
 * @param name of the log that it signs for, its origin.
 */
export const verifierKey = (name: string, publicKey: Uint8Array): string =>
  `${name}+${keyIdOf(name, publicKey).toString("hex")}+${Buffer.concat([ED25519, publicKey]).toString("base64")}`;

/**
 * Signs a text, with each of the keys.
 * @param text that ends in a line feed.
 * @param name under which the keys sign, the log's origin.
 */
export function signNote(text: string, name: string, keys: readonly SigningKey[]): string {
  const lines = keys.map(({ publicKey, privateKey }) => {
    const signature = sign(null, Buffer.from(text), privateKey);
    return `— ${name} ${Buffer.concat([keyIdOf(name, publicKey), signature]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** The text of a checkpoint: the log, how many leaves it has, and the root over them. */
export const checkpointText = (origin: string, size: number, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString("base64")}\n`;
