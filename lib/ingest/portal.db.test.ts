/** The three tables of Entra's portal: together, the main one alone, and one after another. */
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type IngestInput, ingest } from "./ingest.ts";
import { isPartOfAnother } from "./parts.ts";

const WORKSPACE = "main";

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let i = 0; i < all.length; i += 50) yield all.subarray(i, i + 50);
}

const load = (db: Db, text: string, parts: string[] = [], given: Partial<IngestInput> = {}) =>
  ingest(db, WORKSPACE, commandLine(), {
    chunks: bytes(text),
    file: null,
    bytesTotal: null,
    parts: parts.map((part) => bytes(part)),
    ...given,
  });

const HEADER =
  "ID,Date (UTC),Change ID,Action,Status,Source ID,Source Name,Source UPN,Target ID,Service Principal";
const PERSON = "o-1,Alice Example,alice@larkspur.example,scim-1,Team Chat";
const ROWS = [
  `l-1,2026-01-05T09:00:00Z,c-1,Create,Success,${PERSON}`,
  `l-2,2026-03-01T09:00:00Z,c-2,Update,Success,${PERSON}`,
];
const MAIN = [HEADER, ...ROWS].join("\r\n");
const PROPERTIES = [
  "Change ID,Property Name,Old Value,New Value",
  'c-2,displayName,"A, E",Alice Example',
  "C-2,active,True,False",
  "c-9,active,True,False",
].join("\n");
const STEPS = [
  "Change ID,Name,Status,Details",
  'c-2,EntryImportUpdate,Success,"{""accountEnabled"": ""False""}"',
  "c-2,EntryExportUpdate",
].join("\n");

const offboarding = async (db: Db) =>
  runReport(db, WORKSPACE, "offboarding", { asOf: Date.parse("2026-04-20T00:00:00Z") });

describe("Entra's provisioning logs from the portal", () => {
  const together = testDatabase();
  const stepwise = testDatabase();

  it("are told by their columns; a part alone is refused, for it names nobody", async () => {
    const { db } = together;
    expect(await isPartOfAnother(bytes(MAIN))).toBe(false);
    expect(await isPartOfAnother(bytes(PROPERTIES))).toBe(true);
    expect(await isPartOfAnother(bytes(STEPS))).toBe(true);
    expect(await isPartOfAnother(bytes("Email,Last Day\n"))).toBe(false);
    expect(await isPartOfAnother(bytes(STEPS), "okta")).toBe(false);
    await expect(load(db, STEPS)).rejects.toThrow(
      "This file holds the steps of Entra's provisioning logs, which say nothing without Entra's provisioning logs: name the files of one download in one command.",
    );
    await expect(load(db, MAIN, [MAIN])).rejects.toThrow("holds nothing of theirs");
  });

  it("give each change, and apart from it what the parts say of it, all bytes kept", async () => {
    const { db } = together;
    expect(await load(db, MAIN, [PROPERTIES, STEPS])).toMatchObject({
      source: "entra",
      format: "entra",
      records: 6,
      accepted: 4,
      rejected: 2,
    });
    const kept: string[] = [];
    for await (const batch of readRecords(db, WORKSPACE, { sources: ["entra"] })) {
      kept.push(...batch.map((record) => record.bytes?.toString("utf8") ?? ""));
    }
    const [, ...properties] = PROPERTIES.split("\n");
    expect(kept.sort()).toEqual([...ROWS, properties.slice(0, 2).join("\n"), STEPS.split("\n")[1]].sort());
    const rejected = await db.sql<{ reason: string }[]>`select reason from rejected_records order by record`;
    expect(rejected.map(({ reason }) => reason)).toEqual([
      "This row belongs to none of the rows of the file that it was read with (by its changeId).",
      "This row has 2 fields, the header 4.",
    ]);
  });

  it("show the leaver whose account an update made inactive", async () => {
    expect((await offboarding(together.db)).rows).toMatchObject([
      {
        identity: { userName: "alice@larkspur.example" },
        application: "Team Chat",
        leftAt: "2026-03-01T09:00:00.000Z",
        status: "completed",
      },
    ]);
  });

  it("give the same one after another, in any order, and again", async () => {
    const { db } = stepwise;
    expect(await load(db, MAIN)).toMatchObject({ accepted: 2 });
    expect(await load(db, MAIN, [STEPS])).toMatchObject({ accepted: 1, duplicates: 2 });
    expect(await load(db, MAIN, [PROPERTIES])).toMatchObject({ accepted: 1, duplicates: 2 });
    expect(await load(db, MAIN, [PROPERTIES, STEPS])).toMatchObject({ accepted: 0, duplicates: 4 });
    expect(await differences(db, WORKSPACE)).toEqual([]);
    const [a, b] = [await offboarding(together.db), await offboarding(db)];
    expect({ ...b, completeness: null }).toEqual({ ...a, completeness: null });
  });

  it("are read by a mapping where the columns are called otherwise", async () => {
    const { db } = stepwise;
    const text = MAIN.replace("Action", "Tätigkeit").replace("Date (UTC)", "Zeit");
    const map = { provisioningAction: "Tätigkeit", activityDateTime: "Zeit" };
    expect(await load(db, text, [PROPERTIES], { map })).toMatchObject({ accepted: 0, duplicates: 3 });
  });
});
