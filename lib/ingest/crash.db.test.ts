/** An ingest that is killed at any moment, then run again, leaves what one clean run leaves. */
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { startRollcall } from "../cli/testing.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { storedProjection } from "../reports/stored.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { ingest } from "./ingest.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";
async function counts(db: Db): Promise<{ records: number; state: string | null }> {
  const [row] = await db.sql<{ records: number; state: string | null }[]>`
    select (select count(*)::int from records) records,
      (select state from ingests order by started_at desc limit 1) state`;
  return row ?? { records: 0, state: null };
}

describe("an ingest killed with -9", () => {
  const killed = testDatabase();
  const clean = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-crash-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it("and run again gives the same as one clean run", async () => {
    const [okta] = sampleCompany({ seed: 11, end: END, scale: 0.5 }).files;
    if (okta === undefined) throw new Error("The sample has no files.");
    const file = join(await folder, okta.name);
    await writeFile(file, okta.chunks());
    const run = () =>
      ingest(clean.db, WORKSPACE, commandLine(), { chunks: createReadStream(file), file, bytesTotal: null });
    const whole = await run();

    const { child } = startRollcall(["ingest", file], { env: { DATABASE_URL: killed.url } });
    const exited = new Promise<NodeJS.Signals | null>((resolve) =>
      child.on("exit", (_code, signal) => resolve(signal)),
    );
    // In the middle: something is there, and not all of it.
    while ((await counts(killed.db)).records === 0) await new Promise((wake) => setTimeout(wake, 5));
    child.kill("SIGKILL");
    expect(await exited).toBe("SIGKILL");
    const cut = await counts(killed.db);
    expect(cut.records).toBeGreaterThan(0);
    expect(cut.records).toBeLessThan(whole.records);
    expect(cut.state).toBe("running");

    const again = await ingest(killed.db, WORKSPACE, commandLine(), {
      chunks: createReadStream(file),
      file,
      bytesTotal: null,
    });
    expect(again).toMatchObject({
      records: whole.records,
      accepted: whole.records - cut.records,
      rejected: 0,
    });
    expect(again.duplicates).toBe(cut.records);
    expect(await differences(killed.db, WORKSPACE)).toEqual([]);
    expect((await storedProjection(killed.db, WORKSPACE)).projection).toEqual(
      (await storedProjection(clean.db, WORKSPACE)).projection,
    );
    const asOf = END + 1;
    expect(await runReport(killed.db, WORKSPACE, "offboarding", { asOf })).toEqual(
      await runReport(clean.db, WORKSPACE, "offboarding", { asOf }),
    );
  }, 360_000);
});
