/** What Rollcall is made of, told by one hash; plain Node, for the launcher too. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["app", "components", "db", "lib"];
const FILES = ["next.config.js", "postcss.config.mjs", "tsconfig.json", "package-lock.json"];
const SOURCE = /\.(?:tsx?|css|js|mjs|json|svg|png|ico)$/u;
/** Tests, and what the maker of migrations remembers of the schema. */
const OTHERS = /\.test\.tsx?$|[/\\]meta[/\\]\d+_snapshot\.json$/u;

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** @param {string} path @returns {Buffer | null} null where there is no such file. */
function bytesOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/**
 * One hash over path and content of everything that pages and programs are made of; some hundredths of a second, for which it
 * waits: done one by one in between it takes several times as long.
 * @param {string} root of the project.
 * @returns {string} SHA-256, hexadecimal.
 */
export function sourceHash(root) {
  const paths = [...FILES];
  for (const folder of FOLDERS)
    for (const path of filesIn(join(root, folder)))
      if (SOURCE.test(path) && !OTHERS.test(path)) paths.push(join(folder, path));
  const hash = createHash("sha256");
  for (const path of paths.sort()) {
    const bytes = bytesOf(join(root, path));
    if (bytes) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}
