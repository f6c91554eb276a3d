/** What the command line says of HR options that it can't use; nothing is opened for it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runRollcall } from "./testing.ts";

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
  ])("refuses %j in a sentence", async (options, sentence) => {
    const { code, err } = await runRollcall(["ingest", "people.csv", ...options]);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  });

  it("refuses a part of a table beside two other files, for it could be of either", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-"));
    const files = ["a.csv", "b.csv", "steps.csv"].map((name) => join(folder, name));
    for (const file of files.slice(0, 2)) writeFileSync(file, "Date,Change ID,Action,Status,Source ID\n");
    writeFileSync(files[2] ?? "", "Change ID,Name,Status\n");
    const { code, err } = await runRollcall(["ingest", ...files]);
    rmSync(folder, { recursive: true });
    expect(err).toContain("steps.csv only say more of the rows of another file");
    expect(code).toBe(2);
  });
});
