/** The keys of sealed people: a file each, in the home's folder and nowhere else, so that a key can be destroyed. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Home } from "../runtime/home.ts";
import { codeOf, fileProblem } from "../runtime/problem.ts";
import { KEY_BYTES } from "./cipher.ts";
import { PrivacyProblem } from "./problem.ts";

const folderOf = (home: Home): string => join(home.root, "person-keys");
const fileOf = (home: Home, person: string): string => join(folderOf(home), person);

/** Has the folder's entries reach the disk, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders.
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Makes a person's key; it is on the disk when this returns. @throws RuntimeProblem when the home can't be written to. */
export async function makePersonKey(home: Home, person: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  try {
    await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
    const file = await open(fileOf(home, person), "wx", 0o600);
    try {
      await file.writeFile(key);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(folderOf(home));
  } catch (error) {
    throw fileProblem(error, folderOf(home));
  }
  return key;
}

/** The key; null when there is none in this home. @throws what the file system says. */
export async function findPersonKey(home: Home, person: string): Promise<Buffer | null> {
  return readFile(fileOf(home, person)).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
}

/** The key. @throws {PrivacyProblem} when there is none in this home. */
export async function readPersonKey(home: Home, person: string): Promise<Buffer> {
  const key = await findPersonKey(home, person);
  if (key === null) {
    throw new PrivacyProblem(
      "no-key",
      `There is no key ${person} in ${folderOf(home)}. Run this with the home in which the person was sealed; without the key nobody can read the records again.`,
    );
  }
  return key;
}

/**
 * Destroys a key: overwritten, then removed. A disk may keep what was overwritten (copies of snapshots, worn cells of an
 * SSD): an encrypted disk is what helps there.
 */
export async function destroyPersonKey(home: Home, person: string): Promise<void> {
  const path = fileOf(home, person);
  const file = await open(path, "r+").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (file !== null) {
    try {
      await file.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path, { force: true });
    await syncFolder(folderOf(home));
  }
}
