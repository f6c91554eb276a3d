/** Alerts from the command line. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startReceiver } from "../alerts/testing/receiver.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { runRollcall } from "./testing.ts";

describe("rollcall alert", () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-alert-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it("sets rules and channels, tests one, and shows the digest; Slack's address is said nowhere", async () => {
    const receiver = await startReceiver();
    const env = {
      DATABASE_URL: database.url,
      ROLLCALL_HOME: await folder,
      ROLLCALL_ALLOW_HOSTS: "127.0.0.1",
      NEXTAUTH_URL: "https://rollcall.example",
    };
    const said: string[] = [];
    const call = async (args: string[], input = "") => {
      const ended = await runRollcall(["alert", ...args], { env, input });
      said.push(ended.out, ended.err);
      return ended;
    };
    const slack = ["set", "channel", "team", "--kind", "slack"];
    expect((await call([...slack, "--to", receiver.url])).code).toBe(2);
    expect(
      (await call([...slack, "--to-stdin", "--no-digest"], `${receiver.url}/services/hush\n`)).code,
    ).toBe(0);
    const hook = ["set", "channel", "hook", "--kind", "webhook", "--to", `${receiver.url}/hook`];
    expect((await call(hook)).out).toMatch(/^whsec_\S{44}\n$/u);
    expect((await call(["test", "team"])).code).toBe(0);
    receiver.status = 500;
    expect(await call(["test", "hook"])).toMatchObject({ code: 1, err: expect.stringContaining("500") });
    expect(receiver.calls.map(({ path }) => path)).toEqual(["/services/hush", "/hook"]);
    expect((await call(["set", "rule", "sla", "--threshold", "0"])).err).toContain(
      "a whole number from 1 to 720",
    );
    expect((await call(["set", "rule", "sla", "--threshold", "12", "--off"])).code).toBe(0);
    const list = JSON.parse((await call(["list", "--json"])).out);
    expect(list).toMatchObject({ open: [], zone: "UTC" });
    expect(list.rules).toContainEqual(
      expect.objectContaining({
        rule: "sla",
        threshold: 12,
        on: false,
        raisedFrom: "12 hours before the SLA is up",
      }),
    );
    expect(list.rules).toContainEqual(
      expect.objectContaining({ threshold: 1, raisedFrom: "1 hour of silence at least" }),
    );
    expect(list.channels).toMatchObject([
      { name: "hook", kind: "webhook", digest: true, last: { ok: false } },
      { name: "team", kind: "slack", digest: false, last: { ok: true } },
    ]);
    expect((await call(["digest"])).out).toContain("How fast do leavers lose access?");
    expect(said.join("")).not.toContain("hush");
    await receiver.stop();
  }, 300_000);
});
