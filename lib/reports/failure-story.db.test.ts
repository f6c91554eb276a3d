import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { acknowledgeFailures } from "../failures/acknowledge-failures.ts";
import { noteFailure } from "../failures/note-failure.ts";
import { attempt } from "../failures/testing.ts";
import { undoFailureDecisions } from "../failures/undo-failure-decisions.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { failureStory } from "./failure-story.ts";
import { runReport } from "./run.ts";

const WORKSPACE = "main";
const by = commandLine();

describe("the story of a failure", () => {
  const database = testDatabase();
  let group = "";

  beforeAll(async () => {
    const lines = [
      attempt(1, "alice"),
      attempt(2, "alice", { hour: 5 }),
      attempt(3, "bob"),
      attempt(4, "bob", { failed: false }),
      attempt(3, "alice", { application: "Wiki", failed: false }),
      attempt(3, "carol", { reason: "409 conflict" }),
    ];
    const chunks = (async function* () {
      yield new TextEncoder().encode(lines.join("\n"));
    })();
    await ingest(database.db, WORKSPACE, by, { chunks, file: null, bytesTotal: null, source: "okta" });
    const { rows } = await runReport(database.db, WORKSPACE, "failures");
    group = rows.find(({ errorClass }) => errorClass === "rate-limit")?.id ?? "";
  });
  const story = async (asOf?: number) => {
    const found = await failureStory(database.db, WORKSPACE, group, { asOf });
    if (found === null) throw new Error("There is no story.");
    return found;
  };

  it("tells each attempt of those affected, also what mended it, and nothing of others", async () => {
    const { attempts, row, told, term } = await story();
    expect(row).toMatchObject({ id: group, affected: 2, open: 1, attempts: 3 });
    expect(told).toBe(2);
    expect(term?.term).toContain("RFC 6585");
    expect(
      attempts.map(({ at, name, outcome }) => `${at.slice(5, 10)} ${name.split("@")[0]} ${outcome}`),
    ).toEqual(["01-04 bob success", "01-03 bob failure", "01-02 alice failure", "01-01 alice failure"]);
    expect(attempts.every(({ application }) => application === "Chat")).toBe(true);
    const alice = attempts.find(({ name }) => name.startsWith("alice"));
    expect(alice?.subject).toBe("p:okta:00u-alice");
  });

  it("names as many of those affected as are asked for, the open ones first, and counts all", async () => {
    const asOf = Date.now();
    const some = await failureStory(database.db, WORKSPACE, group, { asOf, limit: 1 });
    const whole = await story(asOf);
    expect(whole.row.items).toHaveLength(2);
    expect(some).toEqual({ ...whole, row: { ...whole.row, items: whole.row.items.slice(0, 1) } });
    expect(some?.row.items[0]?.openSince).not.toBeNull();
  });

  it("has a call for each that is still open", async () => {
    const { retries } = await story();
    expect(retries).toHaveLength(1);
    expect(retries[0]).toMatchObject({ name: expect.stringContaining("alice") });
    expect(retries[0]?.call).toContain("/api/v1/apps/0oa-Chat/users");
    expect(retries[0]?.call).toContain("00u-alice");
  });

  it("tells who decided what, also what was taken back; of a past moment as it was then", async () => {
    const decisions = await acknowledgeFailures(database.db, WORKSPACE, by, [group]);
    await noteFailure(database.db, WORKSPACE, by, [group], "asked the vendor");
    await undoFailureDecisions(database.db, WORKSPACE, by, decisions);
    const { acts, row } = await story();
    expect(acts.map(({ verb, undone, note }) => [verb, undone, note])).toEqual([
      ["undo", false, null],
      ["note", false, "asked the vendor"],
      ["acknowledge", true, null],
    ]);
    expect(row).toMatchObject({ state: "open", notes: [{ text: "asked the vendor" }] });
    const then = await story(Date.UTC(2026, 0, 3, 12));
    expect(then).toMatchObject({ acts: [], row: { open: 2, notes: [] } });
    expect(then.attempts).toHaveLength(3);
    expect(then.retries).toHaveLength(2);
  });

  it("is none for a group that is not there", async () => {
    expect(await failureStory(database.db, WORKSPACE, "0123456789abcdef")).toBeNull();
    expect(await failureStory(database.db, WORKSPACE, group, { customer: "Nobody" })).toBeNull();
  });
});
