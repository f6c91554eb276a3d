/** What the page Access is told, of members, sessions, tokens and customers. */
import { beforeAll, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { ensureSource, readCustomers } from "../../../db/queries/sources.ts";
import { testDatabase } from "../../runtime/testing/database.ts";
import { type Caller, commandLine } from "../caller.ts";
import type { Role } from "../permissions.ts";
import { beginSession } from "../sessions/begin-session.ts";
import { endSessions } from "../sessions/end-sessions.ts";
import { createToken } from "../tokens/create-token.ts";
import { listTokens } from "../tokens/list-tokens.ts";
import { changeMember } from "./change-member.ts";
import { inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";

const W = DEFAULT_WORKSPACE;
const test = testDatabase();

type MemberCaller = Caller & { member: string };

/** A member, as whom to act. */
async function someone(name: string, role: Role): Promise<MemberCaller> {
  const email = `${name}@larkspur.example`;
  const member = await inviteMember(test.db, W, commandLine(), { name, email, role });
  const actor = { kind: "member", id: member, name, address: "192.0.2.1" } as const;
  return { actor, role, scopes: null, customer: null, member };
}

let admin: MemberCaller;
let analyst: MemberCaller;
let never: MemberCaller;

beforeAll(async () => {
  admin = await someone("ada", "admin");
  analyst = await someone("bob", "analyst");
  never = await someone("cyd", "reviewer");
  for (const by of [admin, analyst]) await beginSession(test.db, W, by, { agent: "a browser" });
});

const seen = async (member: string) =>
  (await listMembers(test.db, W)).members.find((one) => one.member === member)?.lastSeenAt;
const openOf = async (member: string) =>
  (await listMembers(test.db, W)).sessions.filter((one) => one.member === member).length;

it("who came in was last seen then, also when the session has ended; who never came in was not", async () => {
  const before = await seen(analyst.member);
  expect(Date.parse(before ?? "")).toBeGreaterThan(0);
  expect(await seen(never.member)).toBeNull();
  await endSessions(test.db, W, admin, { member: analyst.member });
  expect(await openOf(analyst.member)).toBe(0);
  expect(await openOf(admin.member)).toBe(1);
  expect(await seen(analyst.member)).toBe(before);
});

it("a session of somebody whose time is over is not open any more", async () => {
  const guest = await someone("eve", "analyst");
  await beginSession(test.db, W, guest, { agent: null });
  const { member } = guest;
  await changeMember(test.db, W, admin, member, { endsAt: "2099-01-31" });
  expect(await openOf(member)).toBe(1);
  // An act leaves the end in the past alone: the owner sets it back, whom no rule of acts binds.
  await test.owner.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update members set ends_at = now() - interval '1 minute' where member = ${member}`;
  });
  expect(await openOf(member)).toBe(0);
});

it("tokens are one's own; whoever may see members sees everybody's", async () => {
  await createToken(test.db, W, admin, { name: "of ada", scopes: ["members"], days: 1 });
  await createToken(test.db, W, analyst, { name: "of bob", scopes: ["read"], days: 1 });
  const names = async (by: Caller) =>
    (await listTokens(test.db, W, by)).tokens.map(({ name }) => name).sort();
  expect(await names(admin)).toEqual(["of ada", "of bob"]);
  expect(await names(analyst)).toEqual(["of bob"]);
  expect(await names({ ...admin, scopes: ["read"] })).toEqual(["of ada"]);
});

it("customers are those whose records the sources hold, each once", async () => {
  expect(await readCustomers(test.db, W)).toEqual([]);
  for (const [source, customer] of [
    ["a", "Globex"],
    ["b", "Acme"],
    ["c", "Acme"],
    ["d", null],
  ] as const)
    await ensureSource(test.db, W, { source, format: "okta", customer });
  expect(await readCustomers(test.db, W)).toEqual(["Acme", "Globex"]);
});
