/** What is stored encrypted, with a key that is kept outside of the database: JSON Web Encryption (RFC 7516). */
import { hkdfSync } from "node:crypto";

/** @param secret of this installation. @param purpose keys of different purposes open nothing of each other's. */
const keyOf = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "rollcall", purpose, 32));

/** Read when something is sealed: commands that have no secrets start without it. */
const jose = () => import("jose");

/** Encrypts a text. */
export async function seal(secret: string, purpose: string, text: string): Promise<Buffer> {
  const { CompactEncrypt } = await jose();
  const jwe = await new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(keyOf(secret, purpose));
  return Buffer.from(jwe);
}

/** The text again; null when it was sealed with another secret, or changed. */
export async function unseal(secret: string, purpose: string, sealed: Uint8Array): Promise<string | null> {
  try {
    const { compactDecrypt } = await jose();
    const { plaintext } = await compactDecrypt(
      Buffer.from(sealed).toString("latin1"),
      keyOf(secret, purpose),
    );
    return Buffer.from(plaintext).toString("utf8");
  } catch {
    return null;
  }
}
