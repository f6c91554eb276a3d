/** Members, sessions, links and tokens on a real database: who gets in, who does not, and what is written down. */
import { describe, expect, it } from "vitest";
import { readAudit } from "../../db/queries/audit.ts";
import { readMembers } from "../../db/queries/members.ts";
import { logEvent } from "../ingest/adapters/okta/fixtures.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { callerOfSession, callerOfToken } from "./authenticate.ts";
import { type Caller, commandLine, rollcallItself } from "./caller.ts";
import { changeMember } from "./members/change-member.ts";
import { ensureOperator } from "./members/ensure-operator.ts";
import { inviteMember } from "./members/invite-member.ts";
import { beginSession } from "./sessions/begin-session.ts";
import { createSignInLink } from "./sessions/create-sign-in-link.ts";
import { endSessions } from "./sessions/end-sessions.ts";
import { redeemSignInLink } from "./sessions/redeem-sign-in-link.ts";
import { createToken } from "./tokens/create-token.ts";
import { revokeToken } from "./tokens/revoke-token.ts";

const W = "main";

describe("access", () => {
  const database = testDatabase();
  const by = commandLine();
  let made = 0;

  const invite = (role: string, more: object = {}) => {
    made += 1;
    return inviteMember(database.db, W, by, {
      name: `M${made}`,
      email: `m${made}@larkspur.example`,
      role,
      ...more,
    });
  };
  const signedIn = async (role: string, more: object = {}) => {
    const member = await invite(role, more);
    const { path } = await createSignInLink(database.db, W, by, member);
    const link = path.slice("/open/".length);
    const caller = (await redeemSignInLink(database.db, W, link, "192.0.2.1")) as Caller & { member: string };
    const { secret } = await beginSession(database.db, W, caller, { agent: "a browser" });
    return { member, link, caller, secret, holder: () => callerOfSession(database.db, W, secret, null) };
  };
  const audit = async (verb: string) => (await readAudit(database.db, W, { verb }, 100)).length;

  it("makes one operator, however often it is asked, who can't be locked out as the last admin", async () => {
    const all = await Promise.all([1, 2, 3].map(() => ensureOperator(database.db, W)));
    expect(new Set(all).size).toBe(1);
    expect(await audit("ensure-operator")).toBe(1);
    const operator = all[0] as string;
    await expect(changeMember(database.db, W, by, operator, { active: false })).rejects.toMatchObject({
      code: "last-admin",
    });
    await expect(changeMember(database.db, W, by, operator, { role: "analyst" })).rejects.toMatchObject({
      code: "last-admin",
    });
    await changeMember(database.db, W, by, operator, { name: "On call" });
    expect((await readMembers(database.db, W))[0]).toMatchObject({ name: "On call", email: null });
  });

  it("lets a link sign in once, also when two browsers open it at the same moment", async () => {
    const member = await invite("analyst");
    const { path } = await createSignInLink(database.db, W, by, member);
    const link = path.slice("/open/".length);
    const opened = await Promise.all([1, 2, 3, 4].map(() => redeemSignInLink(database.db, W, link, null)));
    expect(opened.filter((caller) => caller !== null)).toHaveLength(1);
    expect(await redeemSignInLink(database.db, W, link, null)).toBeNull();
    expect(await redeemSignInLink(database.db, W, `${link}x`, null)).toBeNull();
  });

  it("knows a session until it is ended, over, or its member may no longer come in", async () => {
    const one = await signedIn("analyst");
    expect(await one.holder()).toMatchObject({ member: one.member, role: "analyst" });
    await endSessions(database.db, W, await theCaller(one), { member: one.member });
    expect(await one.holder()).toBeNull();

    const two = await signedIn("analyst");
    await database.owner.sql.begin(async (sql) => {
      await sql`alter table sessions disable trigger user`;
      await sql`update sessions set expires_at = now() where member = ${two.member}`;
      await sql`alter table sessions enable trigger user`;
    });
    expect(await two.holder()).toBeNull();

    const three = await signedIn("auditor", { endsAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await three.holder()).toMatchObject({ role: "auditor" });
    await database.owner.sql.begin(async (sql) => {
      await sql`alter table members disable trigger user`;
      await sql`update members set ends_at = now() where member = ${three.member}`;
      await sql`alter table members enable trigger user`;
    });
    expect(await three.holder()).toBeNull();

    const four = await signedIn("analyst");
    await changeMember(database.db, W, by, four.member, { role: "auditor", endsAt: "2099-01-01" });
    expect(await four.holder()).toMatchObject({ role: "auditor" });
    await changeMember(database.db, W, by, four.member, { active: false });
    expect(await four.holder()).toBeNull();
    await changeMember(database.db, W, by, four.member, { active: true });
    // What was ended stays ended.
    expect(await four.holder()).toBeNull();
  });

  const theCaller = async ({ holder }: { holder: () => Promise<Caller | null> }) =>
    (await holder()) as Caller;

  it("lets nobody end another's session without the permission", async () => {
    const [one, other] = [await signedIn("analyst"), await signedIn("analyst")];
    await expect(
      endSessions(database.db, W, await theCaller(one), { member: other.member }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await other.holder()).not.toBeNull();
    expect(await endSessions(database.db, W, by, { member: other.member })).toBe(1);
  });

  it("makes tokens that can do what their scopes say, as far as their member may, for as long", async () => {
    const one = await signedIn("analyst");
    const caller = await theCaller(one);
    const make = (input: object) =>
      createToken(database.db, W, caller, {
        name: "nightly",
        scopes: ["read", "ingest"],
        days: 30,
        ...input,
      });
    for (const [input, code] of [
      [{ name: " " }, "bad-name"],
      [{ days: 0 }, "bad-days"],
      [{ days: 400 }, "bad-days"],
      [{ days: 1.5 }, "bad-days"],
      [{ scopes: [] }, "bad-scopes"],
      [{ scopes: ["read", "everything"] }, "bad-scopes"],
      [{ scopes: ["members"] }, "forbidden"],
    ] as const) {
      await expect(make(input)).rejects.toMatchObject({ code });
    }
    const { token, secret } = await make({});
    const byToken = await callerOfToken(database.db, W, secret, null);
    expect(byToken).toMatchObject({ scopes: ["read", "ingest"], role: "analyst", member: one.member });
    // No token makes another.
    await expect(
      createToken(database.db, W, byToken as Caller, { name: "x", scopes: ["read"], days: 1 }),
    ).rejects.toMatchObject({ code: "no-member" });
    const stored = await database.owner.sql`select hash, prefix from api_tokens where token = ${token}`;
    expect(JSON.stringify(stored)).not.toContain(secret);
    const other = await signedIn("analyst");
    await expect(revokeToken(database.db, W, await theCaller(other), token)).rejects.toMatchObject({
      code: "forbidden",
    });
    await revokeToken(database.db, W, caller, token);
    expect(await callerOfToken(database.db, W, secret, null)).toBeNull();
    const { secret: second } = await make({});
    await changeMember(database.db, W, by, one.member, { active: false });
    expect(await callerOfToken(database.db, W, second, null)).toBeNull();
  });

  it("makes tokens that ingest into one source, and into no other", async () => {
    const caller = await theCaller(await signedIn("analyst"));
    const make = (scopes: string[], source: string) =>
      createToken(database.db, W, caller, { name: "nightly", scopes, days: 30, source });
    await expect(make(["ingest", "read"], "chat")).rejects.toMatchObject({ code: "bad-scopes" });
    await expect(make(["read"], "chat")).rejects.toMatchObject({ code: "bad-scopes" });
    await expect(make(["ingest"], "Not a name")).rejects.toMatchObject({ code: "bad-source-name" });
    const { secret } = await make(["ingest"], "chat");
    const byToken = (await callerOfToken(database.db, W, secret, null)) as Caller;
    const record = JSON.stringify(logEvent("user.session.start"));
    const send = async (source?: string) => {
      const chunks = (async function* () {
        yield Buffer.from(record);
      })();
      return ingest(database.db, W, byToken, { chunks, file: null, bytesTotal: null, source });
    };
    await expect(send("other")).rejects.toMatchObject({ code: "forbidden" });
    expect([await send(), await send("chat")]).toMatchObject([
      { source: "chat", accepted: 1 },
      { source: "chat", duplicates: 1 },
    ]);
  });

  it.each([
    [{ email: "no address" }, "bad-email"],
    [{ role: "owner" }, "bad-role"],
    [{ role: "auditor" }, "no-end"],
    [{ role: "auditor", endsAt: "2020-01-01" }, "bad-end"],
    [{ role: "customer-viewer" }, "bad-customer"],
    [{ role: "analyst", customer: "Acme" }, "bad-customer"],
    [{ email: "" }, "bad-email"],
  ])("refuses to invite %j", async (input, code) => {
    await expect(
      inviteMember(database.db, W, by, { name: "X", email: "x@larkspur.example", role: "analyst", ...input }),
    ).rejects.toMatchObject({ code });
  });

  it("refuses what a role may not, and writes nothing then", async () => {
    const before = await audit("invite-member");
    const analyst = await theCaller(await signedIn("analyst"));
    const invited = await audit("invite-member");
    await expect(
      inviteMember(database.db, W, analyst, { name: "X", email: "x@larkspur.example", role: "admin" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await audit("invite-member")).toBe(invited);
    expect(invited).toBe(before + 1);
  });

  it("writes no secret into the audit log", async () => {
    const one = await signedIn("analyst");
    const { secret } = await createToken(database.db, W, await theCaller(one), {
      name: "x",
      scopes: ["read"],
      days: 1,
    });
    const text = JSON.stringify(await database.owner.sql`select * from audit_entries`);
    for (const part of [secret, one.secret, one.link]) expect(text).not.toContain(part);
    expect(rollcallItself().actor.kind).toBe("system");
  });
});
