import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { insertRequest, readRequests } from "../../db/queries/privacy-requests.ts";
import { readRetention } from "../../db/queries/retention.ts";
import { readSealedPeople } from "../../db/queries/sealed-people.ts";
import { act } from "../auth/act.ts";
import { ingestText } from "../ingest/testing.ts";
import { askPrivacy } from "../privacy/ask-privacy.ts";
import { setRetention } from "../privacy/set-retention.ts";
import { privacyDatabase, WORKSPACE } from "../privacy/testing.ts";
import { emailOf, oktaRecord, settle } from "../reviews/testing.ts";
import { startPrivacyTimer } from "./privacy-timer.ts";
import { accessToEnv, closeWebDbs } from "./web.ts";

const DAY = 86_400_000;

describe("the timer of personal data", () => {
  const privacy = privacyDatabase();
  let stop: () => Promise<void> = async () => {};

  beforeAll(async () => {
    const person = { department: "Sales", title: "Seller", manager: "" };
    const people = ["annika", "bernd"].map((name) => ({ ...person, name }));
    for (const [name, value] of Object.entries(accessToEnv(privacy.database.access))) vi.stubEnv(name, value);
    await settle(privacy.database.db, WORKSPACE, people, ["Chat"], Date.now() - 50 * DAY);
    // Used before it was used last: nothing rests on that.
    const used = oktaRecord("user.authentication.sso", "bernd", "Chat", Date.now() - 55 * DAY);
    await ingestText(privacy.database.db, WORKSPACE, used, "okta", "okta");
  });
  afterAll(async () => {
    await stop();
    await closeWebDbs();
    vi.unstubAllEnvs();
  });

  it("does what was asked for, says what it could not, goes on, and removes old records", async () => {
    const { database, around } = privacy;
    const ask = (verb: "seal" | "unseal" | "erase", subject: string, reason = "A request") =>
      askPrivacy(database.db, WORKSPACE, around.by, { verb, subject, reason });
    await expect(ask("seal", "nobody")).rejects.toMatchObject({ code: "unknown" });
    await expect(ask("seal", emailOf("annika"), " ")).rejects.toMatchObject({ code: "no-reason" });
    const wrong = await ask("unseal", emailOf("bernd"));
    await ask("erase", emailOf("annika"));
    await expect(ask("seal", emailOf("annika"))).rejects.toMatchObject({ code: "asked" });
    // Whoever asked may have lost the right to since.
    const { by, home } = around;
    await act({ db: database.db, workspace: WORKSPACE, by }, "operate", "ask-privacy", async (sql) => {
      const wish = { verb: "seal", subject: "p:hr:2", reason: "x", by: { ...by, role: "analyst" } } as const;
      await insertRequest(sql, WORKSPACE, "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11", wish);
      return { result: undefined, object: "test" };
    });
    await setRetention(database.db, WORKSPACE, by, "okta", 10);
    stop = startPrivacyTimer(
      { url: database.url, access: database.access, home },
      { every: 20, firstRetention: 1 },
    );
    await vi.waitFor(async () => {
      const requests = await readRequests(database.db.sql, WORKSPACE);
      expect(requests.every(({ done, problem }) => done || problem !== null)).toBe(true);
      const [rule] = await readRetention(database.db.sql, WORKSPACE);
      expect(rule).toMatchObject({ removed: 1, removedBefore: expect.any(Number) });
    }, 60_000);
    await stop();
    const requests = await readRequests(database.db.sql, WORKSPACE);
    const of = (id: string) => requests.find(({ request }) => request === id);
    expect(of(wrong)).toMatchObject({ done: false, problem: expect.stringMatching(/is not sealed/u) });
    expect(of("7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11")?.problem).toMatch(/does not allow/u);
    const people = await readSealedPeople(database.db, WORKSPACE);
    expect(people.map(({ state }) => state)).toEqual(["erased"]);
    const erased = requests.find(({ done }) => done);
    expect(erased?.wish).toMatchObject({ subject: people[0]?.subject, reason: "" });
    expect(JSON.stringify(requests)).not.toMatch(/annika/u);
  }, 120_000);
});
