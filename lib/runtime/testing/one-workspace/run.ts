/** Judges the statements that the processes of a test run have sent. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadModule, parseSync } from "libpg-query";
import { DISTRIBUTED_TABLES, FUNCTIONS } from "../../../../db/distribution.ts";
import { readMigrations } from "../../../../db/migration-files.ts";
import { sourceFiles, testFiles } from "../source-files.ts";
import { judge, type Known, markOf } from "./judge.ts";
import { type Place, placesOf } from "./places.ts";

/** This version's tables and functions. */
const OWN: Known = {
  distributed: new Set(DISTRIBUTED_TABLES),
  reading: new Set(Object.keys(FUNCTIONS).filter((name) => FUNCTIONS[name] === "coordinator")),
};

/** What is wrong with a statement, as a sentence each; none: it asks for one workspace, or says why it doesn't. */
export function faultsOf(text: string, known: Known): string[] {
  const faults = judge(parseSync(text), known);
  const mark = markOf(text);
  if (mark === null) return faults;
  return faults.length > 0 ? [] : [`is marked cross-workspace (${mark}) and needs no mark`];
}

export interface Verdict {
  /** The product's own statements, each text once. */
  judged: number;
  /** Those that say that they are for all workspaces. */
  marked: number;
  /** Each with its text and where it stands. */
  faults: string[];
}

/** @param texts of the product and of tests; those of migrations and tests are left out. */
export function judgeTexts(
  texts: Iterable<string>,
  placeOf: (text: string) => Place | null,
  migrations: ReadonlySet<string>,
): Verdict {
  const verdict: Verdict = { judged: 0, marked: 0, faults: [] };
  for (const text of texts) {
    if (migrations.has(text)) continue;
    const place = placeOf(text);
    if (place?.shipped === false) continue;
    verdict.judged += 1;
    if (markOf(text) !== null) verdict.marked += 1;
    for (const fault of faultsOf(text, OWN))
      verdict.faults.push(`${place?.at ?? "a statement that was put together"}: ${fault}\n${text.trim()}`);
  }
  return verdict;
}

/** @param folder into which the processes wrote (db/statements.ts). */
export async function judgeRun(folder: string): Promise<Verdict> {
  await loadModule();
  const files = await readdir(folder);
  const lines = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  // A process that was killed may have left half a line.
  const whole = lines.flatMap((text) => text.split("\n").slice(0, -1));
  const texts = new Set(whole.map((line) => JSON.parse(line) as string));
  const migrations = new Set(readMigrations().flatMap(({ statements }) => statements));
  return judgeTexts(texts, placesOf(sourceFiles(), testFiles()), migrations);
}
