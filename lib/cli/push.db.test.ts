/** Push sources from the command line, in processes of their own. */
import { describe, expect, it } from "vitest";
import { answerPush } from "../push/answer-push.ts";
import type { PushSourceTold } from "../push/list-push-sources.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { runRollcall } from "./testing.ts";

const INSTALLATION = "an installation secret of the test";

// Each starts the command, on small machines beside other tests.
describe("rollcall push", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const rollcall = (args: string[], input = "") =>
    runRollcall(["push", ...args], {
      env: { DATABASE_URL: database.url, NEXTAUTH_SECRET: INSTALLATION },
      input,
    });
  const told = async (source: string) =>
    (JSON.parse((await rollcall(["show", source, "--json"])).out) as { source: PushSourceTold }).source;
  /** The status that a delivery with this secret gets. */
  const sends = async (path: string, secret: string) => {
    const context = { db: database.db, workspace: "main", installation: INSTALLATION };
    const push = path.split("/").at(-1) ?? "";
    const header = (name: string) => (name === "authorization" ? secret : null);
    return (await answerPush(context, { method: "POST", push, header, body: new Uint8Array() })).status;
  };

  it("makes an address and tells its secret once, changes and removes it", async () => {
    const made = await rollcall(["add", "okta", "--kind", "okta-hook", "--customer", "Acme"]);
    expect([made.code, made.err]).toEqual([
      0,
      expect.stringMatching(/sends to \/push\/main\/[\w-]{36} behind/u),
    ]);
    const secret = made.out.trim();
    const { path, ...row } = await told("okta");
    expect(row).toMatchObject({
      source: "okta",
      customer: "Acme",
      settings: { header: "Authorization" },
      records: 0,
    });
    expect(await sends(path, secret)).toBe(200);

    const again = await rollcall(["add", "okta", "--kind", "okta-hook"]);
    expect([again.code, again.out]).toEqual([1, ""]);
    expect(again.err).toContain('into "okta" already');

    const changed = await rollcall(["set", "okta", "--new-secret", "--setting", "header=authorization"]);
    expect([await sends(path, secret), await sends(path, changed.out.trim())]).toEqual([401, 200]);
    const listed = await rollcall(["list"]);
    expect(listed.out).toMatch(/okta.*okta-hook.*Acme/u);
    for (const some of [secret, changed.out.trim()]) expect(listed.out).not.toContain(some);

    expect((await rollcall(["remove", "okta"])).code).toBe(0);
    expect((await rollcall(["show", "okta"])).err).toContain('into a source "okta"');
  });

  it("takes the secret that the vendor makes once it is there, and settings as they are named", async () => {
    const made = await rollcall(["add", "workos", "--kind", "workos-webhook", "--json"]);
    expect(JSON.parse(made.out)).toMatchObject({ source: "workos", secret: null, path: expect.any(String) });
    expect(await told("workos")).toMatchObject({ hasSecret: false });
    const set = await rollcall(
      ["set", "workos", "--secret-stdin", "--setting", "tolerance=60"],
      "wh-secret\n",
    );
    expect([set.code, set.out]).toEqual([0, ""]);
    expect(await told("workos")).toMatchObject({ hasSecret: true, settings: { tolerance: 60 } });
    const wrong = await rollcall(["add", "chat", "--kind", "set-push", "--setting", "issuer=x"]);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("(audience)")]);
  });
});
