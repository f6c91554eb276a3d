/** What a pack reads of the log: no more than it needs, and what it would if it read everything. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readRecords, type StoredRecord } from "../../db/log/read-records.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingestText } from "../ingest/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { exportEvidence } from "./export-evidence.ts";
import { verifyPack } from "./verify.mjs";

const WORKSPACE = "main";
const RECORDS = 3_000;
/** The log has two years from 2024 on, so that segments of many months lie after it. */
const ASOF = Date.parse("2024-07-11T12:00:00Z");

describe("records read for a pack", { timeout: 120_000 }, () => {
  const database = testDatabase();

  beforeAll(async () => {
    await ingestText(database.db, WORKSPACE, oktaLog(RECORDS), "okta", "okta");
  }, 120_000);

  const read = async (
    ...rest: Parameters<typeof readRecords> extends [unknown, unknown, ...infer R] ? R : never
  ) => {
    const all: StoredRecord[] = [];
    for await (const batch of readRecords(database.db, WORKSPACE, ...rest)) all.push(...batch);
    // As text they are compared in a moment.
    return all.map(({ bytes, ...rest }) => ({ ...rest, bytes: bytes?.toString("latin1") }));
  };

  test("are the same whether or not their events are looked at", async () => {
    for (const scope of [{}, { to: ASOF }, { from: ASOF - 40 * 86_400_000, to: ASOF }]) {
      const seen: number[] = [];
      const looked = await read(scope, (events) => {
        seen.push(events.length);
        return true;
      });
      const records = await read(scope);
      expect(records).toEqual(looked);
      // Events are counted without being read.
      expect(records.map(({ events }) => events)).toEqual(seen);
      expect(records.length).toBeGreaterThan(100);
    }
    expect(await read({})).toHaveLength(RECORDS);
  });

  test("are those of segments that reach into its time: no others are opened", async () => {
    const { db, owner } = database;
    const before = await read({ to: ASOF });
    // What is opened of these fails.
    const { count } = await owner.sql`
      update segments set raw = '\\x00', normal = '\\x00' where workspace_id = ${WORKSPACE}
        and first_at > ${new Date(ASOF).toISOString()}::timestamptz`;
    expect(count).toBeGreaterThan(10);
    await expect(read({})).rejects.toThrow();
    expect(await read({ to: ASOF })).toEqual(before);
    await inFolder(async (folder) => {
      const file = join(folder, "pack.zip");
      const result = await exportEvidence(db, WORKSPACE, commandLine(), { asOf: ASOF }, file);
      expect(result.records).toBe(before.length);
      expect(result.seconds).toBeGreaterThanOrEqual(result.recordsSeconds);
      expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
    });
  });
});
