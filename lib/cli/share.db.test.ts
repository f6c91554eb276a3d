/** Shared links and schedules of packs from the command line, in processes of their own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PacksList } from "../packs/list-packs.ts";
import { oktaRecord } from "../reviews/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import type { SharesList } from "../shares/list-shares.ts";
import { viewShare } from "../shares/view-share.ts";
import { runRollcall } from "./testing.ts";

describe("the command line", () => {
  const database = testDatabase();
  let home = "";

  const rollcall = (args: string[], input = "") =>
    runRollcall(args, { env: { DATABASE_URL: database.url, ROLLCALL_HOME: home }, input });
  const json = async <T>(args: string[]): Promise<T> => {
    const { code, out, err } = await rollcall([...args, "--json"]);
    expect(code, err).toBe(0);
    return JSON.parse(out) as T;
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "rollcall-cli-"));
    const record = oktaRecord("application.provision.user.push", "ann", "Anvil", Date.now() - 86_400_000);
    const { code, err } = await rollcall(["ingest", "-", "--source", "okta", "--customer", "Acme"], record);
    expect(code, err).toBe(0);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it("makes a link, lists it without its secret, and revokes it", async () => {
    const made = await rollcall(["share", "create", "--customer", "Acme", "--label", "Kim"]);
    expect(made.code, made.err).toBe(0);
    const secret = /^\/share\/(rcv_main_[\w-]{43})\n$/u.exec(made.out)?.[1] ?? "";
    expect(await viewShare(database.db, "main", secret, null)).toMatchObject({
      label: "Kim",
      customer: "Acme",
    });
    const { shares } = await json<SharesList>(["share", "list"]);
    expect(shares).toMatchObject([{ label: "Kim", customer: "Acme", views: 1, revokedAt: null }]);
    const table = await rollcall(["share", "list"]);
    expect(table.out).toMatch(/Kim.*Acme.*open/u);
    expect(`${table.out}${JSON.stringify(shares)}`).not.toContain(secret.slice(-43));
    const revoked = await rollcall(["share", "revoke", shares[0]?.share.slice(0, 8) ?? ""]);
    expect(revoked.code, revoked.err).toBe(0);
    expect(await viewShare(database.db, "main", secret, null)).toBeNull();
  });

  it.each([
    [2, ["share", "create"], /--customer NAME or --auditor/u],
    [1, ["share", "create", "--customer", "Nobody"], /No source has a customer "Nobody"/u],
    [2, ["share", "revoke", "00000000"], /There is no link/u],
    [2, ["evidence", "schedule", "set", "--every", "week", "--keep", "many"], /whole number/u],
    [2, ["evidence", "schedule", "remove", "00000000"], /There is no schedule/u],
  ])("ends with %d at %j", async (code, args, said) => {
    const ended = await rollcall(args);
    expect([ended.code, ended.err]).toEqual([code, expect.stringMatching(said)]);
  });

  it("sets a schedule, lists it, and removes it", async () => {
    const { schedule } = await json<{ schedule: string }>([
      ...["evidence", "schedule", "set", "--every", "quarter", "--application", "anvil", "--keep", "3"],
    ]);
    const { schedules, packs } = await json<PacksList>(["evidence", "schedule", "list"]);
    expect(schedules).toMatchObject([{ schedule, every: "quarter", application: "Anvil", keep: 3 }]);
    expect(packs).toEqual([]);
    expect((await rollcall(["evidence", "schedule", "remove", schedule])).code).toBe(0);
    expect((await rollcall(["evidence", "schedule", "list"])).out).toBe("No schedules.\n");
  });
});
