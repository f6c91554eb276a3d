/**
 * The keys with which this installation signs the log's heads and its packs (Ed25519, RFC 8032). They lie in the home, outside
 * of the database: whoever can change the database alone can't sign what he made of it.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Home, readSecrets } from "../runtime/home.ts";
import { codeOf, fileProblem, RuntimeProblem } from "../runtime/problem.ts";

const StoredKey = z.object({
  createdAt: z.iso.datetime(),
  /** The 32 bytes of the public key, in base64. */
  publicKey: z.string(),
  /** PKCS #8 in base64; null since it was retired: it signs nothing more, and what it signed stays signed. */
  privateKey: z.string().nullable(),
  retiredAt: z.iso.datetime().nullable(),
});
type StoredKey = z.infer<typeof StoredKey>;
const KeyFile = z.object({ keys: z.array(StoredKey).min(1) });

/** A key that signs. */
export interface SigningKey {
  createdAt: string;
  publicKey: Buffer;
  privateKey: KeyObject;
}

/** A public key, and since when it signs nothing more. */
export interface KnownKey {
  createdAt: string;
  publicKey: Buffer;
  retiredAt: string | null;
}

const fileOf = (home: Home): string => join(home.root, "signing-keys.json");

function newKey(now: number): StoredKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    createdAt: new Date(now).toISOString(),
    // The wrapping before the key itself has 12 bytes (RFC 8410 §4).
    publicKey: publicKey.export({ type: "spki", format: "der" }).subarray(12).toString("base64"),
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    retiredAt: null,
  };
}

/** @param fresh the file is not there yet: whoever else makes it first, wins. */
async function writeKeys(home: Home, keys: readonly StoredKey[], fresh: boolean): Promise<void> {
  const file = fileOf(home);
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });
    if (!fresh) return await rename(draft, file);
    await link(draft, file).catch((error: unknown) => {
      // Some file systems have no links.
      if (codeOf(error) !== "EEXIST") return rename(draft, file);
    });
  } catch (error) {
    throw fileProblem(error, home.root);
  } finally {
    await rm(draft, { force: true });
  }
}

async function readKeys(home: Home): Promise<StoredKey[]> {
  await readSecrets(home);
  const file = fileOf(home);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw fileProblem(error, file);
  });
  if (text === null) {
    await writeKeys(home, [newKey(Date.now())], true);
    return readKeys(home);
  }
  try {
    return KeyFile.parse(JSON.parse(text)).keys;
  } catch {
    throw new RuntimeProblem(
      "secrets-unusable",
      `${file} can't be used (not what Rollcall wrote). Restore it from a backup: packs are signed with what it holds.`,
    );
  }
}

/** The keys that sign, the oldest first; made at the first call. @throws RuntimeProblem when their file is unusable. */
export async function signingKeys(home: Home): Promise<SigningKey[]> {
  return (await readKeys(home)).flatMap(({ createdAt, publicKey, privateKey }) =>
    privateKey === null
      ? []
      : [
          {
            createdAt,
            publicKey: Buffer.from(publicKey, "base64"),
            privateKey: createPrivateKey({
              key: Buffer.from(privateKey, "base64"),
              format: "der",
              type: "pkcs8",
            }),
          },
        ],
  );
}

/** All keys that ever signed here, the oldest first. @throws RuntimeProblem when their file is unusable. */
export async function knownKeys(home: Home): Promise<KnownKey[]> {
  return (await readKeys(home)).map(({ createdAt, publicKey, retiredAt }) => ({
    createdAt,
    publicKey: Buffer.from(publicKey, "base64"),
    retiredAt,
  }));
}

/**
 * Makes a further key. From now on all keys that are not retired sign, so that whoever knows either can check.
 * @throws RuntimeProblem
 */
export async function addKey(home: Home, now: number): Promise<void> {
  await writeKeys(home, [...(await readKeys(home)), newKey(now)], false);
}

/**
 * Retires all keys but the newest: their private halves are destroyed.
 * @returns how many were retired.
 * @throws RuntimeProblem
 */
export async function retireOldKeys(home: Home, now: number): Promise<number> {
  const keys = await readKeys(home);
  const old = keys.slice(0, -1).filter(({ privateKey }) => privateKey !== null);
  const retiredAt = new Date(now).toISOString();
  const left = keys.map((key) => (old.includes(key) ? { ...key, privateKey: null, retiredAt } : key));
  if (old.length > 0) await writeKeys(home, left, false);
  return old.length;
}

/** The keys as they go into a backup, as text. */
export const keysForBackup = async (home: Home): Promise<unknown> => ({ keys: await readKeys(home) });

/** Takes over the keys of a backup; those that this home signed with by now are kept beside them, retired. */
export async function adoptKeys(home: Home, backup: unknown, now: number): Promise<void> {
  const taken = KeyFile.parse(backup).keys;
  const theirs = new Set(taken.map(({ publicKey }) => publicKey));
  const own = (await readKeys(home)).filter(({ publicKey }) => !theirs.has(publicKey));
  const retiredAt = new Date(now).toISOString();
  const retired = own.map((key) => ({ ...key, privateKey: null, retiredAt: key.retiredAt ?? retiredAt }));
  await writeKeys(home, [...retired, ...taken], false);
}
