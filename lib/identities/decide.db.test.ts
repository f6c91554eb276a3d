import { describe, expect, it } from "vitest";
import { readHoldings } from "../../db/queries/links.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { differences } from "../reports/check.ts";
import { linksReport } from "../reports/links.ts";
import { storedProjection } from "../reports/stored.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { decide } from "./decide.ts";

const WORKSPACE = "main";

/** An Okta record about one user, on a day of 2026. */
function record(day: number, eventType: string, id: string, name: string, application?: string): string {
  const user = { id, type: "User", alternateId: `${name}@larkspur.example`, displayName: name };
  const account = [
    { id: `0ua-${id}`, type: "AppUser", alternateId: `${name}@larkspur.example`, displayName: name },
    { id: `0oa-${application}`, type: "AppInstance", alternateId: application, displayName: application },
  ];
  return JSON.stringify({
    uuid: `${eventType}-${id}-${day}-${application}`,
    published: new Date(Date.UTC(2026, 0, day)).toISOString(),
    eventType,
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: { result: "SUCCESS", reason: null },
    target: application === undefined ? [user] : [...account, user],
  });
}

const LINES = [
  record(1, "user.lifecycle.create", "00u-first", "alice"),
  record(2, "application.provision.user.push", "00u-first", "alice", "Wiki"),
  record(30, "user.lifecycle.deactivate", "00u-first", "alice"),
  record(60, "user.lifecycle.create", "00u-second", "alice"),
  record(61, "application.provision.user.push", "00u-second", "alice", "Chat"),
  record(5, "user.lifecycle.create", "00u-bob", "bob"),
  record(6, "user.lifecycle.create", "00u-bob-two", "bob"),
];

describe("who is who", () => {
  const database = testDatabase();
  const decision = (verdict: "same" | "different" | "withdrawn") => ({
    a: "p:okta:00u-first",
    b: "p:okta:00u-second",
    verdict,
    reason: "HR says so",
    by: "tester",
  });
  const state = async () =>
    JSON.stringify([
      await readHoldings(database.db.sql, WORKSPACE),
      (await storedProjection(database.db, WORKSPACE)).projection,
    ]);

  it("asks about a name that passed on, and about two at once under one name", async () => {
    const chunks = (async function* () {
      yield new TextEncoder().encode(LINES.join("\n"));
    })();
    await ingest(database.db, WORKSPACE, commandLine(), { chunks, file: null, bytesTotal: null });
    const { conflicts } = await linksReport(database.db, WORKSPACE);
    expect(conflicts.map(({ kind, a, b }) => [kind, a.ref, b.ref])).toEqual([
      ["together", "p:okta:00u-bob", "p:okta:00u-bob-two"],
      ["returned", "p:okta:00u-first", "p:okta:00u-second"],
    ]);
  });

  it("links by decision, says so, and undoing restores what was before to the letter", async () => {
    const before = await state();
    await decide(database.db, WORKSPACE, commandLine(), decision("same"));
    const linked = (await storedProjection(database.db, WORKSPACE)).projection;
    expect(linked.identities.filter(({ userName }) => userName.startsWith("alice"))).toHaveLength(1);
    // Come back: the leaver case of the first is closed by the creation of the second.
    expect(linked.cases).toMatchObject([{ rehiredAt: Date.UTC(2026, 0, 60) }]);
    expect((await linksReport(database.db, WORKSPACE)).conflicts).toHaveLength(1);
    expect(await differences(database.db, WORKSPACE)).toEqual([]);
    await decide(database.db, WORKSPACE, commandLine(), decision("withdrawn"));
    expect(await state()).toBe(before);
    const { decisions } = await linksReport(database.db, WORKSPACE);
    expect(decisions.map(({ verdict, holds }) => [verdict, holds])).toEqual([
      ["withdrawn", true],
      ["same", false],
    ]);
  });

  it("asks no more once they are decided to be different", async () => {
    await decide(database.db, WORKSPACE, commandLine(), decision("different"));
    const { conflicts } = await linksReport(database.db, WORKSPACE);
    expect(conflicts.map(({ kind }) => kind)).toEqual(["together"]);
  });

  it("refuses text that can't be kept", async () => {
    for (const wrong of [{ a: "p:okta:\0" }, { b: "\0" }, { reason: "because\0" }]) {
      await expect(
        decide(database.db, WORKSPACE, commandLine(), { ...decision("same"), ...wrong }),
      ).rejects.toMatchObject({
        name: "IdentityProblem",
        code: "bad-text",
      });
    }
  });

  it("refuses what makes no sense, in a sentence", async () => {
    const wrong = (part: object) =>
      decide(database.db, WORKSPACE, commandLine(), { ...decision("same"), ...part });
    await expect(wrong({ reason: " " })).rejects.toThrow(/Say why/u);
    await expect(wrong({ a: "p:okta:nobody" })).rejects.toThrow(/Nobody here is known as/u);
    await expect(wrong({ b: "p:okta:00u-first" })).rejects.toThrow(/Both are/u);
    await expect(wrong({ a: "alice@larkspur.example" })).rejects.toThrow(/are several/u);
    await expect(wrong({ a: "x:wiki:#0ua-00u-first", b: "x:chat:#0ua-00u-second" })).rejects.toThrow(
      /has to be a person/u,
    );
  });
});
