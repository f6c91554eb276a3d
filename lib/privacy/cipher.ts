/** Bytes encrypted with one person's key: AES-256-GCM (NIST SP 800-38D), a nonce of its own each time. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { PrivacyProblem } from "./problem.ts";

export const KEY_BYTES = 32;
/** With random nonces of 96 bits a key may encrypt 2^32 texts (SP 800-38D §8.3); a person has not so many records. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 16;

const idBytes = (person: string): Buffer => Buffer.from(person.replaceAll("-", ""), "hex");

function idOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join("-");
}

/** Bytes, and whether they are a layer of encryption themselves. */
export interface Layer {
  bytes: Uint8Array;
  wrapped: boolean;
}

/**
 * Puts a layer of encryption around bytes.
 * @param person whose key it is, a UUID: it stands in the open, and is bound to what is encrypted.
 * @returns the person, the nonce, the tag and what is encrypted, one behind the other.
 */
export function wrap(person: string, key: Uint8Array, { bytes, wrapped }: Layer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const id = idBytes(person);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(id);
  const encrypted = Buffer.concat([
    cipher.update(Buffer.of(wrapped ? 1 : 0)),
    cipher.update(bytes),
    cipher.final(),
  ]);
  return Buffer.concat([id, nonce, cipher.getAuthTag(), encrypted]);
}

/** Whose layer is the outermost. */
export const wrappedFor = (wrapped: Uint8Array): string => idOf(wrapped.subarray(0, ID_BYTES));

/**
 * Takes the outermost layer off.
 * @throws {PrivacyProblem} when the key is another one, or the bytes were changed.
 */
export function unwrap(key: Uint8Array, wrapped: Uint8Array): Layer {
  const id = wrapped.subarray(0, ID_BYTES);
  const tagAt = ID_BYTES + NONCE_BYTES;
  const dataAt = tagAt + TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, wrapped.subarray(ID_BYTES, tagAt), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(id);
    decipher.setAuthTag(wrapped.subarray(tagAt, dataAt));
    const opened = Buffer.concat([decipher.update(wrapped.subarray(dataAt)), decipher.final()]);
    return { bytes: opened.subarray(1), wrapped: opened[0] === 1 };
  } catch {
    throw new PrivacyProblem(
      "wrong-key",
      `What is sealed for ${idOf(id)} does not open with its key: the key is another one, or what is sealed was changed.`,
    );
  }
}
