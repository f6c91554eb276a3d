/** Live sources from the command line. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fakeOkta, OKTA_TOKEN } from "../connectors/testing/okta.ts";
import { recordsInLog } from "../connectors/testing/pull.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { runRollcall } from "./testing.ts";

describe("rollcall connector", () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-connector-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it("sets one up, runs it, tells how it does, pauses it, and never says its secret", async () => {
    const okta = await fakeOkta();
    okta.add(12);
    const env = {
      DATABASE_URL: database.url,
      ROLLCALL_HOME: await folder,
      ROLLCALL_ALLOW_HOSTS: "127.0.0.1",
    };
    const said: string[] = [];
    const call = async (args: string[], input = "") => {
      const ended = await runRollcall(["connector", ...args], { env, input });
      said.push(ended.out, ended.err);
      return ended;
    };
    const add = ["add", "okta", "--kind", "okta-logs", "--setting", `url=${okta.url}`];
    expect(await call([...add, "--try"], OKTA_TOKEN)).toMatchObject({
      code: 0,
      err: expect.stringContaining("Its first page has 12 records"),
    });
    expect((await call([...add, "--try"], "a-wrong-token")).code).toBe(1);
    expect((await call([...add], OKTA_TOKEN)).code).toBe(0);
    expect(await call([...add], OKTA_TOKEN)).toMatchObject({
      code: 1,
      err: expect.stringContaining("There is a connector called okta"),
    });
    expect(await call(["run", "okta"])).toMatchObject({
      code: 0,
      err: expect.stringContaining("12 records are new"),
    });
    expect(await recordsInLog(database.db, "okta")).toHaveLength(12);
    expect((await call(["pause", "okta"])).code).toBe(0);
    const { connectors } = JSON.parse((await call(["list", "--json"])).out);
    expect(connectors).toMatchObject([{ name: "okta", state: "paused", records: 12, lastError: null }]);
    expect(await call(["show", "nobody"])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no connector called "nobody"'),
    });
    for (const secret of [OKTA_TOKEN, "a-wrong-token"]) expect(said.join("")).not.toContain(secret);
    await okta.close();
  }, 300_000);
});
