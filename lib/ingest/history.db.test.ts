/** Generated histories through the whole engine: order, repetition, batches and the moment asked for change nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { linksReport } from "../reports/links.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { storedProjection } from "../reports/stored.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ingest } from "./ingest.ts";
import { HOUR, history, START } from "./testing/histories.ts";

/** The same lines in an order and with repetitions that the numbers give, cut into files. */
function delivered(lines: readonly string[], numbers: readonly number[]): string[][] {
  const repeated = lines.flatMap((line, i) => ((numbers[i] ?? 0) % 4 === 0 ? [line, line] : [line]));
  const shuffled = repeated
    .map((line, i) => [(numbers[(i * 7) % numbers.length] ?? 0) * 1_000_003 + i * 97, line] as const)
    .sort(([a], [b]) => (a % 1009) - (b % 1009) || a - b)
    .map(([, line]) => line);
  const size = 1 + ((numbers[0] ?? 0) % shuffled.length);
  const files: string[][] = [];
  for (let i = 0; i < shuffled.length; i += size) files.push(shuffled.slice(i, i + size));
  return files;
}

/** A workspace with the pool that sees it. */
interface Own {
  db: Db;
  workspace: string;
}

describe("any history", () => {
  const database = testDatabase();
  let made = 0;

  async function workspaceWith(files: readonly (readonly string[])[]): Promise<Own> {
    made += 1;
    const workspace = `history-${made}`;
    const db = await database.in({ workspace });
    for (const lines of files) {
      const chunks = (async function* () {
        yield new TextEncoder().encode(lines.join("\n"));
      })();
      await ingest(db, workspace, commandLine(), { chunks, file: null, bytesTotal: null });
    }
    return { db, workspace };
  }

  const reportsOf = async ({ db, workspace }: Own, asOf: number) => {
    const reports: unknown[] = [];
    // These tell of the ingests there have been, not of what had happened by then.
    const told: readonly string[] = ["completeness", "overview"];
    for (const report of REPORT_NAMES.filter((name) => !told.includes(name))) {
      const { completeness: _sources, ...rest } = await runReport(db, workspace, report, { asOf });
      reports.push(rest);
    }
    return reports;
  };

  it("gives the same rows in any order, with any repetition, in any files; and at any past moment what it gave then", async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 0, max: 24 * 200 }),
        async (happenings, numbers, pastHour) => {
          const lines = happenings.map(({ line }) => line);
          const plain = await workspaceWith([lines]);
          const other = await workspaceWith(delivered(lines, numbers));
          const stored = async ({ db, workspace }: Own) =>
            JSON.stringify((await storedProjection(db, workspace)).projection);
          expect(await stored(other)).toBe(await stored(plain));
          const links = ({ db, workspace }: Own) => linksReport(db, workspace);
          const [asked, askedOther] = [await links(plain), await links(other)];
          expect(askedOther.conflicts).toEqual(asked.conflicts);
          expect(await differences(other.db, other.workspace)).toEqual([]);

          const past = START + pastHour * HOUR + 1;
          const early = await workspaceWith([
            happenings.filter(({ at }) => at <= past).map(({ line }) => line),
          ]);
          expect(await reportsOf(plain, past)).toEqual(await reportsOf(early, past));
          await Promise.all([plain, other, early].map(({ db }) => db.close()));
        },
      ),
      { numRuns: 20 },
    );
  }, 300_000);
});
