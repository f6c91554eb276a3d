/** SCIM sources from the command line, in processes of their own. */
import { describe, expect, it } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { scimVisitor } from "../scim-server/authenticate.ts";
import type { ScimSourcesList } from "../scim-server/list-scim-sources.ts";
import { runRollcall } from "./testing.ts";

// Each starts the command, on small machines beside other tests.
describe("rollcall scim-source", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const rollcall = (...args: string[]) =>
    runRollcall(["scim-source", ...args], { env: { DATABASE_URL: database.url } });
  const sourceOf = async (secret: string) =>
    (await scimVisitor(`Bearer ${secret}`, async () => database.db))?.source;

  it("makes a source, tells its token once, gives it another and ends it", async () => {
    const made = await rollcall("add", "okta-main", "--customer", "Acme", "--governs-members");
    expect(made.code, made.err).toBe(0);
    const secret = /^(rcp_main_[\w-]{43})\n$/u.exec(made.out)?.[1] ?? "";
    expect(await sourceOf(secret)).toMatchObject({
      source: "okta-main",
      customer: "Acme",
      governsMembers: true,
    });

    const again = await rollcall("add", "okta-main");
    expect([again.code, again.out]).toEqual([1, ""]);
    expect(again.err).toContain("scim-source renew");
    expect((await rollcall("add", "Not a name")).err).toContain("lower-case letters");

    const renewed = JSON.parse((await rollcall("renew", "okta-main", "--json")).out) as { secret: string };
    expect([await sourceOf(secret), (await sourceOf(renewed.secret))?.source]).toEqual([
      undefined,
      "okta-main",
    ]);

    const listed = await rollcall("list", "--json");
    expect((JSON.parse(listed.out) as ScimSourcesList).sources).toMatchObject([
      { source: "okta-main", customer: "Acme", governsMembers: true, users: 0, groups: 0, revokedAt: null },
    ]);
    expect((await rollcall("list")).out).toMatch(/okta-main.*Acme.*yes.*rcp_main_/u);
    expect(listed.out).not.toContain(renewed.secret);

    expect((await rollcall("revoke", "okta-main")).code).toBe(0);
    expect(await sourceOf(renewed.secret)).toBeUndefined();
    expect((await rollcall("revoke", "nobody")).err).toContain('no SCIM source "nobody"');
  });
});
