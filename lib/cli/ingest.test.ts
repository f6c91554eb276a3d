/** What the command line says of HR options that it can't use; nothing is opened for it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const TSX = pathToFileURL(
  fileURLToPath(new URL("../../node_modules/tsx/dist/loader.mjs", import.meta.url)),
).href;

describe("rollcall ingest", () => {
  it.each([
    [["--map", "shoeSize=Size"], "--map takes FIELD=COLUMN"],
    [["--map", "email=Work Email,endDate"], '"endDate" is none.'],
    [
      ["--at", "soon"],
      '--at takes a day or a time with its offset, like 2026-03-31 or 2026-03-31T09:00:00Z, not "soon".',
    ],
    [
      ["--format", "okta", "--at", "2026-03-31"],
      "--map and --at are for tables, which the format okta does not have.",
    ],
  ])("refuses %j in a sentence", (options, sentence) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", TSX, MAIN, "ingest", "people.csv", ...options],
      { encoding: "utf8" },
    );
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  it("refuses a part of a table beside two other files, for it could be of either", () => {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-"));
    const files = ["a.csv", "b.csv", "steps.csv"].map((name) => join(folder, name));
    for (const file of files.slice(0, 2)) writeFileSync(file, "Date,Change ID,Action,Status,Source ID\n");
    writeFileSync(files[2] ?? "", "Change ID,Name,Status\n");
    const { status, stderr } = spawnSync(process.execPath, ["--import", TSX, MAIN, "ingest", ...files], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(stderr).toContain("steps.csv only say more of the rows of another file");
    expect(status).toBe(2);
  });
});
