/** An HR file beside a directory's log: who left is said by the one, what was taken away by the other. */
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { readMapping } from "../../db/queries/source-mappings.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { search } from "../reports/search.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type IngestInput, ingest } from "./ingest.ts";

const WORKSPACE = "main";

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let i = 0; i < all.length; i += 50) yield all.subarray(i, i + 50);
}

const load = (db: Db, text: string, given: Partial<IngestInput> = {}) =>
  ingest(db, WORKSPACE, commandLine(), { chunks: bytes(text), file: null, bytesTotal: null, ...given });

const user = (name: string) => ({
  id: `00u-${name}`,
  type: "User",
  alternateId: `${name}@larkspur.example`,
  displayName: name,
});

function logEvent(published: string, eventType: string, name: string, application = false): string {
  const target = application
    ? [
        { id: `0ua-${name}`, type: "AppUser", alternateId: `${name}@larkspur.example`, displayName: name },
        { id: "0oa-1", type: "AppInstance", alternateId: "Slack", displayName: "Slack" },
        user(name),
      ]
    : [user(name)];
  return JSON.stringify({
    uuid: `${published}-${eventType}-${name}`,
    published,
    eventType,
    outcome: { result: "SUCCESS" },
    target,
  });
}

const OKTA = [
  logEvent("2026-01-05T09:00:00Z", "user.lifecycle.create", "alice"),
  logEvent("2026-01-05T09:05:00Z", "application.provision.user.push", "alice", true),
  logEvent("2026-01-05T09:00:00Z", "user.lifecycle.create", "bob"),
  logEvent("2026-01-05T09:05:00Z", "application.provision.user.push", "bob", true),
  logEvent("2026-04-01T02:00:00Z", "user.lifecycle.deactivate", "alice"),
  logEvent("2026-04-01T02:00:30Z", "application.provision.user.deactivate", "alice", true),
];

const HEADER = "Employee ID;Work Email;Department;Hire Date;Termination Date;Last Modified";
const ROWS = [
  "E-1;alice@larkspur.example;Research;2026-01-05;;2026-02-01T00:00:00Z",
  "E-1;alice@larkspur.example;Research;2026-01-05;2026-03-31;2026-03-20T00:00:00Z",
  'E-2;bob@larkspur.example;"Sales; EMEA";2026-01-05;2026-04-10;2026-04-02T00:00:00Z',
  "E-3;carol@larkspur.example;Sales;03/04/2026;;2026-04-02T00:00:00Z",
];
const FILE = [HEADER, ...ROWS].join("\r\n");

const offboarding = async (db: Db, asOf: string) =>
  runReport(db, WORKSPACE, "offboarding", { asOf: Date.parse(asOf) });

describe("an HR file", () => {
  const database = testDatabase();
  const shuffled = testDatabase();
  const mapped = testDatabase();

  it("is told by its header, each row kept byte for byte, what can't be read with its reason", async () => {
    const { db } = database;
    expect(await load(db, OKTA.join("\n"))).toMatchObject({ format: "okta", accepted: 6, rejected: 0 });
    expect(await load(db, FILE)).toMatchObject({
      source: "hr",
      format: "hr",
      records: 4,
      accepted: 3,
      rejected: 1,
    });
    expect(await load(db, FILE)).toMatchObject({ accepted: 0, duplicates: 3, rejected: 1 });
    const kept: string[] = [];
    for await (const batch of readRecords(db, WORKSPACE, { sources: ["hr"] })) {
      kept.push(...batch.map((record) => record.bytes?.toString("utf8") ?? ""));
    }
    expect(kept.sort()).toEqual(ROWS.slice(0, 3).sort());
    const [rejected] = await db.sql<{ reason: string; record: string; offset: string }[]>`
      select reason, record, "offset" from rejected_records`;
    expect(rejected).toEqual({
      reason: 'The start date "03/04/2026" may have the day or the month first; write dates as YYYY-MM-DD.',
      record: "4",
      offset: String(FILE.indexOf("E-3")),
    });
  });

  it("starts cases at its last days, for the people that the directory knows by their e-mail", async () => {
    const report = await offboarding(database.db, "2026-04-20T00:00:00Z");
    expect(report.rows).toMatchObject([
      {
        identity: { userName: "bob@larkspur.example" },
        application: "Slack",
        leftAt: "2026-04-11T00:00:00.000Z",
        trigger: "hr-termination",
        source: "hr",
        department: "Sales; EMEA",
        status: "open",
        latency: null,
      },
      {
        identity: { userName: "alice@larkspur.example" },
        application: "Slack",
        leftAt: "2026-04-01T00:00:00.000Z",
        trigger: "hr-termination",
        status: "completed",
        latency: 7_230,
      },
    ]);
    expect(report.summary).toMatchObject({ leavers: 2, steps: 2, open: 1, completed: 1 });
    expect(report.scheduled).toEqual([]);
  });

  it("counts nobody who is still to leave, and lists who is", async () => {
    const { db } = database;
    for (const asOf of ["2026-04-05T00:00:00Z", "2026-04-10T23:59:59.999Z"]) {
      const report = await offboarding(db, asOf);
      expect(report.summary).toMatchObject({ leavers: 1, steps: 1, open: 0 });
      expect(report.scheduled).toMatchObject([
        { identity: { userName: "bob@larkspur.example" }, leftAt: "2026-04-11T00:00:00.000Z", source: "hr" },
      ]);
      const dormant = await runReport(db, WORKSPACE, "dormant", { asOf: Date.parse(asOf) });
      expect(dormant.summary.zombie).toBe(0);
    }
    expect((await offboarding(db, "2026-03-25T00:00:00Z")).scheduled).toMatchObject([
      { identity: { userName: "alice@larkspur.example" }, leftAt: "2026-04-01T00:00:00.000Z" },
    ]);
    expect((await offboarding(db, "2026-03-19T00:00:00Z")).scheduled).toEqual([]);
    const later = await runReport(db, WORKSPACE, "dormant", { asOf: Date.parse("2026-04-20T00:00:00Z") });
    expect(later.rows).toMatchObject([{ status: "zombie", userName: "bob@larkspur.example" }]);
    expect(await search(db, WORKSPACE, "bob")).toMatchObject([{ detail: "bob@larkspur.example, left" }]);
  });

  it("gives the same in any order of rows and files", async () => {
    for (const row of ROWS.toReversed()) await load(shuffled.db, [HEADER, row].join("\n"));
    await load(shuffled.db, OKTA.toReversed().join("\n"));
    expect(await differences(shuffled.db, WORKSPACE)).toEqual([]);
    for (const asOf of ["2026-04-05T00:00:00Z", "2026-04-20T00:00:00Z"]) {
      const [a, b] = [await offboarding(database.db, asOf), await offboarding(shuffled.db, asOf)];
      expect({ ...b, completeness: null }).toEqual({ ...a, completeness: null });
    }
  });

  it("with columns of its own is read by a mapping, which is kept, and by the time that is given", async () => {
    const { db } = mapped;
    const text = "Kennung,Adresse,Austritt\nE-1,alice@larkspur.example,2026-03-31\n";
    await expect(load(db, text, { format: "hr" })).rejects.toThrow("No column of the file's first line");
    const map = { employeeId: "Kennung", email: "Adresse", endDate: "Austritt" };
    const given = { source: "payroll", map };
    expect(await load(db, text, given)).toMatchObject({ source: "payroll", accepted: 0, rejected: 1 });
    expect(await readMapping(db.sql, WORKSPACE, "payroll")).toEqual(map);
    expect(await load(db, text, { source: "payroll", at: "2026-03-20" })).toMatchObject({
      format: "hr",
      accepted: 1,
      firstEventAt: "2026-03-20T00:00:00.000Z",
    });
    expect((await offboarding(db, "2026-03-21T00:00:00Z")).scheduled).toMatchObject([
      { leftAt: "2026-04-01T00:00:00.000Z", source: "payroll" },
    ]);
  });
});
