import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { listPacks } from "../packs/list-packs.ts";
import { packPath, packsIn } from "../packs/pack-files.ts";
import { endedBy } from "../packs/periods.ts";
import { setPackSchedule } from "../packs/set-pack-schedule.ts";
import { settle } from "../reviews/testing.ts";
import { startPackTimer } from "./pack-timer.ts";
import { testDatabase } from "./testing/database.ts";
import { accessToEnv, closeWebDbs } from "./web.ts";

const DAY = 86_400_000;
const by = commandLine();

describe("the timer of packs", () => {
  const test = testDatabase();
  let home = "";

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "rollcall-timer-"));
    for (const [name, value] of Object.entries(accessToEnv(test.access))) vi.stubEnv(name, value);
    vi.stubEnv("ROLLCALL_HOME", home);
    vi.stubEnv("NEXTAUTH_SECRET", "secret of the tests");
  });
  afterAll(async () => {
    await closeWebDbs();
    vi.unstubAllEnvs();
    await rm(home, { recursive: true, force: true });
  });

  it("makes in every workspace what is due, into the home, once", async () => {
    const second = await test.in({ workspace: "second" });
    const workspaces: [Db, string][] = [
      [test.db, "main"],
      [second, "second"],
    ];
    for (const [db, workspace] of workspaces) {
      const person = { name: "ann", department: "Sales", title: "Seller", manager: "" };
      await settle(db, workspace, [person], ["Chat"], Date.now() - DAY);
      const schedule = await setPackSchedule(db, workspace, by, { every: "week" });
      // As if it had been set a week ago.
      await test.owner.sql.begin(async (sql) => {
        await sql`alter table pack_schedules disable trigger user`;
        await sql`update pack_schedules set set_at = now() - interval '7 days' where schedule = ${schedule}`;
        await sql`alter table pack_schedules enable trigger user`;
      });
    }
    const folder = packsIn(home);
    const packsOf = async ([db, workspace]: [Db, string]) =>
      (await listPacks(db, workspace, by, folder)).packs;
    const stop = startPackTimer({ first: 1, every: 20 });
    try {
      await vi.waitFor(
        async () =>
          expect((await Promise.all(workspaces.map(packsOf))).map((all) => all.length)).toEqual([1, 1]),
        60_000,
      );
    } finally {
      await stop();
    }
    for (const one of workspaces) {
      const [pack, ...others] = await packsOf(one);
      expect(others).toEqual([]);
      expect(pack).toMatchObject({
        state: "made",
        asOf: new Date(endedBy("week", Date.now()).asOf).toISOString(),
      });
      const file = packPath(folder, one[1], pack?.pack ?? "");
      expect((await readFile(file)).length).toBe(pack?.bytes);
      expect(await verifyPack(file)).toMatchObject({ valid: true });
    }
  });
});
