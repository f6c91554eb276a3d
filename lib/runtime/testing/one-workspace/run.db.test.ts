/** From a process that sends statements to what is said of them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runRollcall } from "../../../cli/testing.ts";
import { testDatabase } from "../database.ts";
import { inFolder } from "../folder.ts";
import { judgeRun } from "./run.ts";

describe("a process of a test run", () => {
  const database = testDatabase();

  it("notes what it sends, each text once and no value, and each is judged", () =>
    inFolder(async (folder) => {
      const env = { DATABASE_URL: database.url, ROLLCALL_TEST_STATEMENTS: folder };
      const { code, err } = await runRollcall(["report", "overview", "--json"], { env });
      expect(err).toBe("");
      expect(code).toBe(0);
      const before = await judgeRun(folder);
      expect(before.judged).toBeGreaterThan(10);
      expect(before.faults).toEqual([]);

      // What the run of another process would have left, cut off in the middle of its last line.
      // In two pieces each, so that nobody takes this file for the place where they stand.
      const sent = ["", " where workspace_id = $1"].map(
        (more) => ["select", "name from workspaces"].join(" ") + more,
      );
      await writeFile(
        join(folder, "other.jsonl"),
        `${sent.map((text) => JSON.stringify(text)).join("\n")}\n"delete fr`,
      );
      const after = await judgeRun(folder);
      expect(after.judged).toBe(before.judged + 2);
      expect(after.faults).toEqual([
        "a statement that was put together: workspaces is not restricted to one workspace\nselect name from workspaces",
      ]);
    }));
});
