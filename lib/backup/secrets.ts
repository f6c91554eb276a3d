/** The home's secrets, encrypted for a backup and taken over from one. */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scryptSync } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { type Home, readSecrets } from "../runtime/home.ts";
import { adoptKeys, keysForBackup } from "../transparency/keys.ts";
import { BackupProblem } from "./problem.ts";

/** OWASP's advice for scrypt (Password Storage Cheat Sheet): 128 MB and some tenths of a second for each guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const SALT_BYTES = 16;
/** Key, nonce and tag of AES-256-GCM (NIST SP 800-38D). */
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type HomeSecrets = Record<string, unknown>;
const HomeSecretsSchema = z.record(z.string(), z.unknown());

async function readSecretsFile(home: Home): Promise<HomeSecrets> {
  await readSecrets(home);
  return HomeSecretsSchema.parse(JSON.parse(await readFile(home.secretsFile, "utf8")));
}

/**
 * All that stands in the home's file of secrets, and the keys that evidence is signed with; made when the home has none.
 * @throws RuntimeProblem when they are unusable.
 */
export const readHomeSecrets = async (home: Home): Promise<HomeSecrets> => ({
  ...(await readSecretsFile(home)),
  signing: await keysForBackup(home),
});

/** @returns salt, nonce, tag and encrypted JSON, one behind the other. */
export function encryptSecrets(secrets: HomeSecrets, passphrase: string): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", scryptSync(passphrase, salt, KEY_BYTES, SCRYPT), nonce);
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), encrypted]);
}

/** @throws BackupProblem when the passphrase is another than the one they were encrypted with. */
export function decryptSecrets(bytes: Buffer, passphrase: string): HomeSecrets {
  const nonceAt = SALT_BYTES;
  const tagAt = nonceAt + NONCE_BYTES;
  const dataAt = tagAt + TAG_BYTES;
  try {
    const key = scryptSync(passphrase, bytes.subarray(0, nonceAt), KEY_BYTES, SCRYPT);
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(nonceAt, tagAt), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(tagAt, dataAt));
    const text = Buffer.concat([decipher.update(bytes.subarray(dataAt)), decipher.final()]);
    return HomeSecretsSchema.parse(JSON.parse(text.toString("utf8")));
  } catch {
    throw new BackupProblem(
      "wrong-passphrase",
      "The secrets in the backup don't open with this ROLLCALL_BACKUP_PASSPHRASE. Nothing was changed.",
    );
  }
}

/** Puts secrets of a backup into the home, but for the password of its database, which is this home's own. */
export async function adoptSecrets(home: Home, { signing, ...secrets }: HomeSecrets): Promise<void> {
  const { postgresPassword } = await readSecrets(home);
  const draft = `${home.secretsFile}.${randomUUID()}`;
  try {
    const merged = { ...(await readSecretsFile(home)), ...secrets, postgresPassword };
    await writeFile(draft, `${JSON.stringify(merged, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, home.secretsFile);
    // Backups of older versions have none.
    if (signing !== undefined) await adoptKeys(home, signing, Date.now());
  } finally {
    await rm(draft, { force: true });
  }
}
