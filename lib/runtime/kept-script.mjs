/** Scripts that are made of the sources once for each version of them; plain Node, for the launcher too. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sourceHash } from "./sources.mjs";

/** What was made so long ago is of a version that is gone, or is made again. */
const OLD_MS = 7 * 24 * 60 * 60_000;

/** @param {string} folder */
async function removeOld(folder) {
  const before = Date.now() - OLD_MS;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < before) await rm(path, { force: true });
  }
}

/**
 * @param {string} text @param {string} part where it is written first. @param {string} path
 * @returns {Promise<boolean>} false where it does not fit on the disk, and whatever else keeps it from lying there.
 */
async function put(text, part, path) {
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch {
    return false;
  }
  // Whoever may not take away what is old can go on all the same.
  await removeOld(dirname(path)).catch(() => {});
  return true;
}

/**
 * Makes a script unless this version's is there. It lies beside the packages, so that it finds them.
 * @param {string} root of the project.
 * @param {string} name of the file.
 * @param {() => Promise<string>} make its text.
 * @returns {Promise<string | null>} where it lies; null where nothing may be written, and where the sources changed meanwhile.
 */
export async function keptScript(root, name, make) {
  const folder = join(root, "node_modules", ".cache", "rollcall");
  const hash = sourceHash(root);
  // It knows where its sources lie: a copy of them elsewhere has a script of its own.
  const version = createHash("sha256").update(`${root}\0${hash}`).digest("hex").slice(0, 32);
  const path = join(folder, `${version}-${name}`);
  if ((await stat(path).catch(() => null)) !== null) return path;
  const part = join(folder, `.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    // Whether it may be written, before it is made.
    await writeFile(part, "");
  } catch {
    return null;
  }
  try {
    const text = await make();
    return sourceHash(root) === hash && (await put(text, part, path)) ? path : null;
  } finally {
    await rm(part, { force: true });
  }
}
