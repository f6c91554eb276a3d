import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { VERB_CHOICES, verbWords } from "./verb-words.ts";

const LIB = fileURLToPath(new URL("../../lib", import.meta.url));
/** A call of act() up to the function that it is given: the last text before it is the verb. */
const ACT = /\bact\(\s*\{[^;]*?"([a-z-]+)",\s*async/gu;

async function verbsOfLib(): Promise<string[]> {
  const paths = await readdir(LIB, { recursive: true });
  const texts = paths
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFile(join(LIB, path), "utf8"));
  const calls = (await Promise.all(texts)).flatMap((text) => [...text.matchAll(ACT)]);
  return [...new Set(calls.map(([, verb = ""]) => verb))].sort();
}

it("every act that lib knows has its words, and no other", async () => {
  const known = VERB_CHOICES.map(({ value }) => value).sort();
  expect(await verbsOfLib()).toEqual(known);
});

it("a verb of another version is shown as it stands", () => {
  expect(verbWords("paint-wall")).toBe("paint wall");
  expect(verbWords("constructor")).toBe("constructor");
});
