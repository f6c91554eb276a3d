/** The table of situations in docs/semantics.md: each names a test that is there. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

/** The tests that the table names, as [file, name]. */
function named(): [string, string][] {
  const table = read("docs/semantics.md").split("Situations\n")[1] ?? "";
  return [...table.matchAll(/\| `(?<file>[^`]+\.test\.ts)`: (?<name>.+?) +\|$/gmu)].map((row) => [
    row.groups?.file ?? "",
    row.groups?.name ?? "",
  ]);
}

/** Names of the tests in a file as they stand in its source. */
const namesIn = (file: string) =>
  [...read(file).matchAll(/\b(?:it|test)\(\s*(["`])(?<name>.+?)\1,/gsu)].map((test) => test.groups?.name);

it("names at least forty situations, each with a test that is there", () => {
  const rows = named();
  expect(rows.length).toBeGreaterThanOrEqual(40);
  expect(rows.filter(([file, name]) => !namesIn(file).includes(name))).toEqual([]);
});
