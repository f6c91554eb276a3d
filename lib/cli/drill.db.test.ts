/** Drills from the command line. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { scimService } from "../scim/testing.ts";
import { runRollcall } from "./testing.ts";

describe("rollcall drill", () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-drill-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it("switches drills on, runs one without a worker, says what has failed, and follows a person", async () => {
    const service = await scimService([]);
    const env = {
      DATABASE_URL: database.url,
      ROLLCALL_HOME: await folder,
      ROLLCALL_ALLOW_HOSTS: "127.0.0.1",
      NEXTAUTH_SECRET: "an installation secret of the test",
    };
    const call = (args: string[], input = "") => runRollcall(args, { env, input });
    expect(await call(["drill", "set", "Chat"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("an admin first sets a SCIM connection"),
    });
    const connection = [
      "application",
      "scim",
      "set",
      "Chat",
      "--url",
      service.url,
      "--token-stdin",
      "--writes",
    ];
    expect((await call(connection, service.token)).code).toBe(0);
    expect((await call(["drill", "set", "Chat", "--every", "6", "--by-hand"])).code).toBe(2);
    expect((await call(["drill", "set", "Chat", "--every", "6", "--own-group"])).err).toContain(
      "each makes a test account there",
    );
    const { rows } = JSON.parse((await call(["drill", "list", "--json"])).out);
    expect(rows).toMatchObject([
      { application: "Chat", active: true, everyHours: 6, group: { kind: "own" } },
    ]);
    const run = await call(["drill", "run", "chat", "--json"]);
    expect(run.code, run.err).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ trial: { verdict: "passed" }, problem: null, left: [] });
    service.faults.fails = ({ method }) => (method === "POST" ? 500 : null);
    const failed = await call(["drill", "run", "Chat"]);
    expect(failed).toMatchObject({ code: 1, out: expect.stringContaining("answered HTTP 500") });
    expect((await call(["drill", "follow", "Chat"])).code).toBe(2);
    expect((await call(["drill", "follow", "Chat", "ann@larkspur.example", "--within", "8"])).code).toBe(0);
    expect((await call(["drill", "off", "Chat"])).code).toBe(0);
    const shown = JSON.parse((await call(["drill", "show", "Chat", "--json"])).out);
    expect(shown).toMatchObject({
      active: false,
      follow: "ann@larkspur.example",
      followHours: 8,
      trials: [{ verdict: "failed" }, { verdict: "passed" }],
    });
    expect((await call(["drill", "show", "Chat"])).out).toContain("Follows ann@larkspur.example");
    expect([...service.users.values(), ...service.groups.values()]).toEqual([]);
    await service.close();
  }, 300_000);
});
