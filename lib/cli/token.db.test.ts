/** Tokens from the command line, in processes of their own. */
import { describe, expect, it } from "vitest";
import { callerOfToken } from "../auth/authenticate.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { runRollcall } from "./testing.ts";

// Each starts the command, on small machines beside other tests.
describe("rollcall token", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const rollcall = (...args: string[]) =>
    runRollcall(["token", ...args], { env: { DATABASE_URL: database.url } });
  const holder = (secret: string) => callerOfToken(database.db, "main", secret, null);

  it("makes one of the operator's for one source, tells it once, and ends it", async () => {
    const made = await rollcall("create", "nightly", "--scope", "ingest", "--source", "chat-log");
    expect([made.code, made.err]).toEqual([0, expect.stringContaining("not told again")]);
    const secret = made.out.trim();
    const found = await holder(secret);
    expect(found).toMatchObject({ role: "admin", scopes: ["ingest"], source: "chat-log" });
    const listed = await rollcall("list");
    expect(listed.out).toMatch(/nightly.*ingest.*chat-log/u);
    expect(listed.out).not.toContain(secret);
    expect((await rollcall("revoke", "nightly")).code).toBe(2);
    expect((await rollcall("revoke", found?.actor.id ?? "")).code).toBe(0);
    expect(await holder(secret)).toBe(null);
    const wrong = await rollcall("create", "nightly", "--scope", "read", "--source", "chat-log");
    expect([wrong.code, wrong.out]).toEqual([1, ""]);
  });
});
