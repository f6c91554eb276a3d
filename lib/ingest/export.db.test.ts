/** An application's own user export beside a directory's log: the application's word on who still has an account. */
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readMapping } from "../../db/queries/source-mappings.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type IngestInput, ingest } from "./ingest.ts";

const WORKSPACE = "main";

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let i = 0; i < all.length; i += 50) yield all.subarray(i, i + 50);
}

const load = (db: Db, text: string, given: Partial<IngestInput> = {}) =>
  ingest(db, WORKSPACE, commandLine(), { chunks: bytes(text), file: null, bytesTotal: null, ...given });

function logEvent(published: string, eventType: string, name: string, application = false): string {
  const user = {
    id: `00u-${name}`,
    type: "User",
    alternateId: `${name}@larkspur.example`,
    displayName: name,
  };
  const target = application
    ? [
        { id: `0ua-${name}`, type: "AppUser", alternateId: `${name}@larkspur.example`, displayName: name },
        { id: "0oa-1", type: "AppInstance", alternateId: "Team Chat", displayName: "Team Chat" },
        user,
      ]
    : [user];
  const uuid = `${published}-${eventType}-${name}`;
  return JSON.stringify({ uuid, published, eventType, outcome: { result: "SUCCESS" }, target });
}

/** Both are provisioned and leave; nothing is ever deprovisioned. */
const OKTA = ["alice", "bob"].flatMap((name) => [
  logEvent("2026-01-05T09:00:00Z", "user.lifecycle.create", name),
  logEvent("2026-01-05T09:05:00Z", "application.provision.user.push", name, true),
  logEvent("2026-03-01T09:00:00Z", "user.lifecycle.deactivate", name),
]);

const HEADER = "User ID,Username,Email,Status,Role,Created,Last Active";
const ALICE = "U-1,alice,alice@larkspur.example,Deactivated,Member,2026-01-05T09:04:58Z,2026-02-27T10:00:00Z";
const BOB = "U-2,bob,bob@larkspur.example,Active,Admin,2026-01-05T09:04:58Z,2026-03-20T10:00:00Z";
const CAROL = "U-3,carol,carol@elsewhere.example,Active,Member,2025-05-01,never";
const CSV = [HEADER, ALICE, BOB, CAROL].join("\n");
const GIVEN = { application: "Team Chat", at: "2026-03-31T06:00:00Z" };

const offboarding = async (db: Db) =>
  runReport(db, WORKSPACE, "offboarding", { asOf: Date.parse("2026-04-20T00:00:00Z") });

describe("a user export", () => {
  const database = testDatabase();
  const shuffled = testDatabase();
  const json = testDatabase();

  it("is of the application that is named, and is a source of its own", async () => {
    const { db } = database;
    await expect(load(db, CSV, { format: "export" })).rejects.toThrow("name it with --application");
    await load(db, OKTA.join("\n"));
    expect(await load(db, CSV, GIVEN)).toMatchObject({
      source: "export-team-chat",
      format: "export",
      accepted: 3,
      rejected: 0,
    });
    expect(await load(db, CSV, GIVEN)).toMatchObject({ accepted: 0, duplicates: 3 });
  });

  it("ends a leaver's step where it says inactive, and shows who kept access", async () => {
    const report = await offboarding(database.db);
    expect(report.rows).toMatchObject([
      { identity: { userName: "bob@larkspur.example" }, status: "open", accessAfterLeaving: true },
      {
        identity: { userName: "alice@larkspur.example" },
        application: "Team Chat",
        status: "completed",
        endedAt: "2026-03-31T06:00:00.000Z",
      },
    ]);
    expect(report.summary).toMatchObject({
      leavers: 2,
      steps: 2,
      open: 1,
      completed: 1,
      accessAfterLeaving: 1,
    });
  });

  it("does not make a second account of one that provisioning made, and shows whom nobody knows", async () => {
    const report = await runReport(database.db, WORKSPACE, "accounts", {
      asOf: Date.parse("2026-04-20T00:00:00Z"),
    });
    const rows = report.rows.map((row) => [row.userName, row.provenance, row.active, row.entitlements]);
    expect(rows.sort()).toEqual([
      ["alice", "scim", false, ["Member"]],
      ["bob", "scim", true, ["Admin"]],
      ["carol", "unknown", true, ["Member"]],
    ]);
    const dormant = await runReport(database.db, WORKSPACE, "dormant", {
      asOf: Date.parse("2026-04-20T00:00:00Z"),
    });
    expect(dormant.rows.map(({ userName, status }) => [userName, status]).sort()).toEqual([
      ["bob", "zombie"],
      ["carol", "orphan"],
    ]);
  });

  it("gives the same in any order of rows and files", async () => {
    const { db } = shuffled;
    for (const row of [CAROL, BOB, ALICE]) await load(db, [HEADER, row].join("\n"), GIVEN);
    await load(db, OKTA.toReversed().join("\n"));
    expect(await differences(db, WORKSPACE)).toEqual([]);
    const [a, b] = [await offboarding(database.db), await offboarding(db)];
    expect({ ...b, completeness: null }).toEqual({ ...a, completeness: null });
  });

  it("may be JSON, with columns of its own that are kept with the application", async () => {
    const { db } = json;
    const text = (name: string, enabled: boolean) =>
      `{"key":9007199254740993,"profile":{"mail":"${name}@larkspur.example"},"enabled":${enabled},"teams":["Sales, EMEA"]}`;
    const map = { id: "key", email: "profile.mail", groups: "teams" };
    const given = { source: "chat", application: "Team Chat", map, at: "2026-03-31" };
    expect(await load(db, `[${text("alice", true)}]`, given)).toMatchObject({
      format: "export",
      accepted: 1,
    });
    expect(await readMapping(db.sql, WORKSPACE, "chat")).toEqual({ ...map, application: "Team Chat" });
    const next = `${text("alice", false)}\n{"note":"no account"}\n`;
    expect(await load(db, next, { source: "chat", at: "2026-04-01" })).toMatchObject({
      source: "chat",
      format: "export",
      accepted: 1,
      rejected: 1,
    });
    const report = await runReport(db, WORKSPACE, "accounts", { asOf: Date.parse("2026-04-20T00:00:00Z") });
    expect(report.rows).toMatchObject([
      {
        account: "9007199254740993",
        userName: "alice@larkspur.example",
        active: false,
        entitlements: ["Sales, EMEA"],
      },
    ]);
  });
});
