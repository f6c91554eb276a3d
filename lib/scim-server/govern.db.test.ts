/** Who is deactivated at the identity provider loses access to Rollcall at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { callerOfSession, callerOfToken } from "../auth/authenticate.ts";
import { commandLine } from "../auth/caller.ts";
import { changeMember } from "../auth/members/change-member.ts";
import { inviteMember } from "../auth/members/invite-member.ts";
import { admitMember } from "../auth/oidc/admit-member.ts";
import { beginSession } from "../auth/sessions/begin-session.ts";
import { createToken } from "../auth/tokens/create-token.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import type { Json } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";

const W = DEFAULT_WORKSPACE;
const test = testDatabase();
let endpoint: ScimEndpoint;
let governing: ReturnType<typeof caller>;
let other: ReturnType<typeof caller>;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
  const provider = async (source: string, governsMembers: boolean) =>
    caller(endpoint.url, (await addScimSource(test.db, W, commandLine(), { source, governsMembers })).secret);
  [governing, other] = [await provider("governing", true), await provider("other", false)];
});
afterAll(() => endpoint.close());

/** A member who is signed in and has a token, and whether either still lets them in. */
async function member(name: string, customer: string | null = null) {
  const email = `${name}@larkspur.example`;
  const role = customer === null ? "analyst" : "customer-viewer";
  const id = await inviteMember(test.db, W, commandLine(), { name, email, role, customer });
  const actor = { kind: "member", id, name, address: null } as const;
  // Whoever makes it has the right to; what it may do is asked of the member when it is used.
  const by = { actor, role: "analyst", scopes: null, customer, member: id } as const;
  const session = await beginSession(test.db, W, by, { agent: null });
  const token = await createToken(test.db, W, by, { name: "t", scopes: ["read"], days: 1 });
  const inside = async () => [
    (await callerOfSession(test.db, W, session.secret, null)) !== null,
    (await callerOfToken(test.db, W, token.secret, null)) !== null,
  ];
  return { id, email, inside };
}

const off: Json = { Operations: [{ op: "Replace", path: "active", value: "False" }] };
const on: Json = { Operations: [{ op: "Replace", path: "active", value: "True" }] };
const audit = () => test.owner.sql<{ actor: string; object: string }[]>`
  select actor_kind || ' ' || actor_name actor, object from audit_entries where verb = 'shut-out-member' order by entry`;

describe("a source that governs members", () => {
  it("shuts out whoever it deactivates, by any of their addresses, and lets only an admin bring them back", async () => {
    const [ada, bob] = [await member("ada"), await member("bob")];
    const { body } = await governing("POST", "/Users", {
      userName: "ADA",
      emails: [{ value: "Ada@Larkspur.example", type: "work" }],
    });
    await governing("POST", "/Users", { userName: bob.email });
    expect(await ada.inside()).toEqual([true, true]);
    expect((await governing("PATCH", `/Users/${body.id}`, off)).status).toBe(200);
    expect(await ada.inside()).toEqual([false, false]);
    expect(await bob.inside()).toEqual([true, true]);
    expect((await audit()).map((row) => ({ ...row }))).toEqual([
      { actor: "provider governing", object: ada.email },
    ]);

    // Neither the provider's word nor one of its groups brings them back.
    await governing("PATCH", `/Users/${body.id}`, on);
    const profile = {
      issuer: "https://idp.example",
      subject: "s-1",
      email: ada.email,
      name: "Ada",
      groups: ["staff"],
    };
    const rule = { workspace: W, group: "staff", role: "admin", customer: null } as const;
    expect(await admitMember(test.db, W, profile, rule)).toBeNull();
    expect(await ada.inside()).toEqual([false, false]);

    await changeMember(test.db, W, commandLine(), ada.id, { active: true });
    // What is only said again shuts nobody out: the admin has decided since.
    await governing("PATCH", `/Users/${body.id}`, on);
    expect((await ada.inside())[1]).toBe(true);
  });

  it("shuts out whoever it deletes, or replaces by somebody inactive", async () => {
    const [cyd, dan] = [await member("cyd"), await member("dan")];
    const first = await governing("POST", "/Users", { userName: cyd.email });
    const second = await governing("POST", "/Users", { userName: dan.email });
    await governing("DELETE", `/Users/${first.body.id}`);
    // The address that goes with the same request counts too.
    await governing("PUT", `/Users/${second.body.id}`, { userName: "dan-gone", active: false });
    expect([await cyd.inside(), await dan.inside()]).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it("does nothing to members when the request is refused", async () => {
    const eve = await member("eve");
    const { body } = await governing("POST", "/Users", { userName: eve.email });
    const refused = await governing("PATCH", `/Users/${body.id}`, {
      Operations: [...(off.Operations as Json[]), { op: "replace", path: "nothing", value: 1 }],
    });
    expect(refused.status).toBe(400);
    expect((await governing("PATCH", `/Users/${body.id}`, off, { "if-match": 'W/"9"' })).status).toBe(412);
    expect(await eve.inside()).toEqual([true, true]);
  });
});

it("a source of a customer shuts out that customer's viewers alone", async () => {
  const { secret } = await addScimSource(test.db, W, commandLine(), {
    source: "of-acme",
    customer: "Acme",
    governsMembers: true,
  });
  const acme = caller(endpoint.url, secret);
  const [gus, hal, ida] = [await member("gus", "Acme"), await member("hal", "Globex"), await member("ida")];
  for (const { email } of [gus, hal, ida]) {
    const { body } = await acme("POST", "/Users", { userName: email });
    expect((await acme("PATCH", `/Users/${body.id}`, off)).status).toBe(200);
  }
  expect([await gus.inside(), await hal.inside(), await ida.inside()]).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
});

it("a source that governs none shuts nobody out", async () => {
  const fay = await member("fay");
  const { body } = await other("POST", "/Users", { userName: fay.email });
  await other("PATCH", `/Users/${body.id}`, off);
  await other("DELETE", `/Users/${body.id}`);
  expect(await fay.inside()).toEqual([true, true]);
});
