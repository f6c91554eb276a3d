import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import { ingest } from "../ingest/ingest.ts";
import type { FailureRow } from "../reports/contract.ts";
import { reportCsv } from "../reports/csv.ts";
import { recentReport } from "../reports/recent.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { acknowledgeFailures } from "./acknowledge-failures.ts";
import { assignFailures } from "./assign-failures.ts";
import { noteFailure } from "./note-failure.ts";
import { reopenFailures } from "./reopen-failures.ts";
import { snoozeFailures } from "./snooze-failures.ts";
import { attempt } from "./testing.ts";
import { undoFailureDecisions } from "./undo-failure-decisions.ts";

const WORKSPACE = "main";
const DAY = 86_400_000;
const by = commandLine();
const soon = () => new Date(Date.now() + DAY).toISOString();

describe("deciding of failures", () => {
  const database = testDatabase();
  const send = async (...lines: string[]) => {
    const chunks = (async function* () {
      yield new TextEncoder().encode(lines.join("\n"));
    })();
    await ingest(database.db, WORKSPACE, by, { chunks, file: null, bytesTotal: null, source: "okta" });
  };
  const rows = async () => (await recentReport(database.db, WORKSPACE, "failures")).report.rows;
  const row = async (application = "Chat"): Promise<FailureRow> => {
    const found = (await rows()).find((one) => one.application === application);
    if (found === undefined) throw new Error(`Nothing fails at ${application}.`);
    return found;
  };
  const entries = async () => readAudit(database.db, WORKSPACE, {}, 500);

  beforeAll(async () => {
    await send(
      attempt(1, "alice"),
      attempt(2, "bob"),
      attempt(3, "alice", { application: "Wiki" }),
      attempt(4, "alice", { application: "Desk", reason: "409 conflict" }),
    );
  });

  it("acknowledges several at once with one entry in the audit log, and takes it back", async () => {
    const before = await rows();
    const ids = before.map(({ id }) => id);
    const told = (await entries()).length;
    const decisions = await acknowledgeFailures(database.db, WORKSPACE, by, ids);
    expect(decisions).toHaveLength(3);
    expect((await rows()).map(({ state }) => state)).toEqual([
      "acknowledged",
      "acknowledged",
      "acknowledged",
    ]);
    const [entry, ...more] = (await entries()).slice(0, (await entries()).length - told);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ verb: "acknowledge-failures", after: { state: "acknowledged" } });
    expect(entry?.object).toMatch(/ and 2 more$/u);
    await undoFailureDecisions(database.db, WORKSPACE, by, decisions);
    expect((await rows()).map(({ state }) => state)).toEqual(["open", "open", "open"]);
    // Taken back twice is taken back once.
    expect(await undoFailureDecisions(database.db, WORKSPACE, by, decisions)).toEqual([]);
  });

  it("says what failed since, and opens what fails anew after it was mended", async () => {
    const { id } = await row("Wiki");
    const [decision = 0] = await acknowledgeFailures(database.db, WORKSPACE, by, [id]);
    const now = Math.ceil((Date.now() - Date.UTC(2026, 0, 1)) / DAY) + 2;
    // The log may say what happens after the decision; the report is of a moment after it.
    await send(attempt(now, "carol", { application: "Wiki" }));
    const later = Date.UTC(2026, 0, now + 5);
    const at = async () => {
      const report = await runReport(database.db, WORKSPACE, "failures", { asOf: later });
      return report.rows.find((one) => one.id === id);
    };
    expect(await at()).toMatchObject({ state: "acknowledged", newSince: 1, open: 2 });
    await send(attempt(now + 1, "alice", { application: "Wiki", failed: false }));
    expect(await at(), "what was acknowledged is mended: carol's failure is not").toMatchObject({
      state: "open",
      open: 1,
    });
    await send(attempt(now + 1, "carol", { application: "Wiki", failed: false }));
    expect(await at()).toMatchObject({ state: "resolved", newSince: 0 });
    await send(attempt(now + 2, "alice", { application: "Wiki" }));
    expect(await at()).toMatchObject({ state: "open" });
    await undoFailureDecisions(database.db, WORKSPACE, by, [decision]);
  });

  it("snoozes until a time, and refuses a time that is none, past, or too far", async () => {
    const { id } = await row();
    const until = soon();
    const decisions = await snoozeFailures(database.db, WORKSPACE, by, [id], until);
    expect(await row()).toMatchObject({ state: "snoozed", until });
    const after = await runReport(database.db, WORKSPACE, "failures", { asOf: Date.parse(until) });
    expect(after.rows.find((one) => one.id === id)).toMatchObject({ state: "open", until: null });
    const before = await runReport(database.db, WORKSPACE, "failures", { asOf: Date.UTC(2026, 0, 20) });
    expect(before.rows.find((one) => one.id === id)).toMatchObject({ state: "open", until: null });
    for (const wrong of ["soon", "2020-01-01", "2999-01-01"]) {
      await expect(snoozeFailures(database.db, WORKSPACE, by, [id], wrong)).rejects.toMatchObject({
        code: "bad-until",
      });
    }
    await reopenFailures(database.db, WORKSPACE, by, [id]);
    expect(await row()).toMatchObject({ state: "open", until: null });
    await undoFailureDecisions(database.db, WORKSPACE, by, decisions);
  });

  it("assigns to members who may decide, keeps notes, and has both in the CSV", async () => {
    const { id } = await row();
    const invited = { email: "ada@larkspur.example", name: "Ada", role: "analyst" } as const;
    const ada = await inviteMember(database.db, WORKSPACE, by, invited);
    const rita = await inviteMember(database.db, WORKSPACE, by, {
      email: "rita@larkspur.example",
      name: "Rita",
      role: "reviewer",
    });
    await assignFailures(database.db, WORKSPACE, by, [id], ada);
    const noted = await noteFailure(database.db, WORKSPACE, by, [id], " asked the vendor ");
    expect(await row()).toMatchObject({
      owner: "Ada",
      ownerId: ada,
      notes: [{ text: "asked the vendor", by: by.actor.name }],
    });
    const { report } = await recentReport(database.db, WORKSPACE, "failures");
    const csv = reportCsv("failures", report);
    expect(csv.split("\n")[0]).toContain("state,until,owner,ownerId,newSince");
    expect(csv).toContain("asked the vendor (");
    for (const nobody of [rita, randomUUID()]) {
      await expect(assignFailures(database.db, WORKSPACE, by, [id], nobody)).rejects.toMatchObject({
        code: "unknown-member",
      });
    }
    await assignFailures(database.db, WORKSPACE, by, [id], null);
    await undoFailureDecisions(database.db, WORKSPACE, by, noted);
    expect(await row()).toMatchObject({ owner: null, ownerId: null, notes: [] });
    for (const wrong of ["", "  ", "a\0b", "\ud800", "x".repeat(2_001)]) {
      await expect(noteFailure(database.db, WORKSPACE, by, [id], wrong)).rejects.toMatchObject({
        code: "bad-note",
      });
    }
  });

  it("lets two people decide at once: nothing is lost, and each takes back only their own", async () => {
    const { id } = await row();
    const [noted, acknowledged] = await Promise.all([
      noteFailure(database.db, WORKSPACE, by, [id], "seen by Ada"),
      acknowledgeFailures(database.db, WORKSPACE, by, [id]),
      noteFailure(database.db, WORKSPACE, by, [id], "seen by Bob"),
    ]);
    const seen = await row();
    expect(seen.state).toBe("acknowledged");
    expect(seen.notes.map(({ text }) => text).sort()).toEqual(["seen by Ada", "seen by Bob"]);
    await undoFailureDecisions(database.db, WORKSPACE, by, [...noted, ...acknowledged]);
    expect(await row()).toMatchObject({ state: "open", notes: [{ text: "seen by Bob" }] });
  });

  it("is for admins and analysts, and for tokens of that scope", async () => {
    const { id } = await row();
    const told = (await entries()).length;
    const callers: Caller[] = [
      ...(["reviewer", "auditor", "customer-viewer"] as const).map((role) => ({ ...by, role })),
      { ...by, scopes: ["read", "decide"] },
    ];
    const tries = [
      (who: Caller) => acknowledgeFailures(database.db, WORKSPACE, who, [id]),
      (who: Caller) => assignFailures(database.db, WORKSPACE, who, [id], null),
      (who: Caller) => snoozeFailures(database.db, WORKSPACE, who, [id], soon()),
      (who: Caller) => noteFailure(database.db, WORKSPACE, who, [id], "x"),
      (who: Caller) => reopenFailures(database.db, WORKSPACE, who, [id]),
      (who: Caller) => undoFailureDecisions(database.db, WORKSPACE, who, [1]),
    ];
    for (const who of callers)
      for (const decide of tries) await expect(decide(who)).rejects.toMatchObject({ code: "forbidden" });
    expect((await entries()).length).toBe(told);
    const scoped: Caller = { ...by, role: "analyst", scopes: ["triage"] };
    await undoFailureDecisions(
      database.db,
      WORKSPACE,
      scoped,
      await acknowledgeFailures(database.db, WORKSPACE, scoped, [id]),
    );
  });

  it("refuses groups and decisions that are not there, and then does nothing of what was asked", async () => {
    const { id } = await row();
    const told = (await entries()).length;
    await expect(
      acknowledgeFailures(database.db, WORKSPACE, by, [id, "0123456789abcdef"]),
    ).rejects.toMatchObject({ code: "unknown-group" });
    await expect(acknowledgeFailures(database.db, WORKSPACE, by, [])).rejects.toMatchObject({
      code: "unknown-group",
    });
    await expect(undoFailureDecisions(database.db, WORKSPACE, by, [999_999])).rejects.toMatchObject({
      code: "unknown-decision",
    });
    expect((await row()).state).toBe("open");
    expect((await entries()).length).toBe(told);
  });

  it("tells a customer nothing of what the workspace decided, whoever asks", async () => {
    const { id } = await row();
    await database.db.sql`select 1`;
    await database.owner.sql`update sources set customer = 'Acme' where workspace_id = ${WORKSPACE}`;
    await noteFailure(database.db, WORKSPACE, by, [id], "not for Acme");
    await acknowledgeFailures(database.db, WORKSPACE, by, [id]);
    const acme = await database.in({ workspace: WORKSPACE, customer: "Acme" });
    for (const db of [database.db, acme]) {
      const { rows: own } = await runReport(db, WORKSPACE, "failures", { customer: "Acme" });
      expect(own.find((one) => one.id === id)).toMatchObject({ state: "open", notes: [], owner: null });
    }
    expect(await acme.sql`select * from failure_decisions`).toEqual([]);
  });
});
