/** Schedules on a real database, with real packs in a real folder: made, made up for, tried again, let go. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readAudit } from "../../db/queries/audit.ts";
import { readPackSchedules } from "../../db/queries/packs.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { unpacked } from "../files/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { oktaRecord } from "../reviews/testing.ts";
import { alone } from "../runtime/alone.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { downloadPack } from "./download-pack.ts";
import { listPacks } from "./list-packs.ts";
import { makeDuePacks } from "./make-due-packs.ts";
import { retryAt } from "./make-scheduled-pack.ts";
import { packPath } from "./pack-files.ts";
import { endedBy, nextDue } from "./periods.ts";
import { removePackSchedule } from "./remove-pack-schedule.ts";
import { setPackSchedule } from "./set-pack-schedule.ts";

const W = "main";
const MINUTE = 60_000;
const by = commandLine();

describe("packs by the calendar", () => {
  const database = testDatabase();
  const scopes = new Map<string | null, Db>();
  const scoped = (customer: string | null): Db => scopes.get(customer) as Db;
  let folder = "";

  const makeAt = (now: number, to = folder) =>
    makeDuePacks(W, { db: database.db, scoped, folder: to, installation: "secret of the tests", now });
  const packs = async (schedule: string) =>
    (await listPacks(database.db, W, by, folder)).packs.filter((pack) => pack.schedule === schedule);
  const made = async (schedule: string) =>
    (await packs(schedule)).filter(({ state }) => state === "made").map(({ from }) => from.slice(0, 7));
  const entries = async (verb: string) => readAudit(database.db, W, { verb }, 100);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-packs-"));
    for (const [customer, name, application] of [
      ["Acme", "ann", "Anvil"],
      ["Globex", "gus", "Globe"],
    ] as const) {
      const pushed = Date.parse("2026-01-10T09:00:00Z");
      const record = oktaRecord("application.provision.user.push", name, application, pushed);
      await ingestText(database.db, W, record, `okta-${customer.toLowerCase()}`, "okta", customer);
      scopes.set(customer, await database.in({ workspace: W, customer }));
    }
    scopes.set(null, database.db);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    for (const { schedule } of await readPackSchedules(database.db.sql, W))
      await removePackSchedule(database.db, W, by, schedule);
  });

  it("are set, one a scope, and ended, by whoever may change settings", async () => {
    const first = await setPackSchedule(database.db, W, by, { every: "month" });
    const [set] = await entries("set-pack-schedule");
    expect(set).toMatchObject({ object: "everything", after: { every: "month", keep: 12 } });
    expect(await setPackSchedule(database.db, W, by, { every: "month" })).toBe(first);
    expect(await entries("set-pack-schedule"), "nothing has changed").toHaveLength(1);
    expect(await setPackSchedule(database.db, W, by, { every: "week", keep: 4 })).toBe(first);
    const acme = await setPackSchedule(database.db, W, by, { every: "quarter", customer: "Acme" });
    const anvil = await setPackSchedule(database.db, W, by, { every: "week", application: "ANVIL" });
    const { schedules } = await listPacks(database.db, W, by, folder);
    expect(schedules).toMatchObject([
      { schedule: first, every: "week", customer: null, application: null, keep: 4 },
      { schedule: anvil, every: "week", customer: null, application: "Anvil", keep: 12 },
      { schedule: acme, every: "quarter", customer: "Acme", application: null, keep: 12 },
    ]);
    for (const role of ["auditor", "customer-viewer", "reviewer"] as const) {
      const caller: Caller = { ...by, role };
      await expect(setPackSchedule(database.db, W, caller, { every: "week" })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(removePackSchedule(database.db, W, caller, first)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await removePackSchedule(database.db, W, by, acme);
    await expect(removePackSchedule(database.db, W, by, acme)).rejects.toMatchObject({
      code: "unknown-schedule",
    });
  });

  it("are made when a period has ended, of that period as of its end, and not twice", async () => {
    const now = Date.now();
    const schedule = await setPackSchedule(database.db, W, by, { every: "month" });
    expect(await makeAt(now)).toEqual([]);
    const due = nextDue("month", now);
    expect(await makeAt(due - 1)).toEqual([]);
    expect(await makeAt(due)).toMatchObject([{ schedule, error: null, asOf: due }]);
    expect(await makeAt(due + 60 * MINUTE)).toEqual([]);
    const [pack] = await packs(schedule);
    const file = packPath(folder, W, pack?.pack ?? "");
    const bytes = await readFile(file);
    expect(pack).toMatchObject({
      state: "made",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      failures: 0,
    });
    expect(await verifyPack(file)).toMatchObject({ valid: true, problems: [] });
    const { from, to, asOf } = endedBy("month", due);
    expect(manifestOf(await unpacked(bytes))).toMatchObject({
      asOf: new Date(asOf).toISOString(),
      period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      scope: { customer: null, application: null },
    });
    expect((await stat(join(folder, W))).mode & 0o777).toBe(0o700);
    const [entry] = await entries("make-scheduled-pack");
    expect(entry).toMatchObject({ actorKind: "system", object: pack?.name, after: { sha256: pack?.sha256 } });
    expect((await entries("export-evidence"))[0]).toMatchObject({ actorKind: "system", object: pack?.name });
  });

  it("of one customer are read with that customer's connection, and only its viewers and the workspace see them", async () => {
    await setPackSchedule(database.db, W, by, { every: "week", customer: "Acme" });
    await setPackSchedule(database.db, W, by, { every: "week", customer: "Globex" });
    const due = nextDue("week", Date.now());
    const done = (await makeAt(due)) ?? [];
    expect(done.map(({ customer, error }) => [customer, error])).toEqual([
      ["Acme", null],
      ["Globex", null],
    ]);
    const viewer: Caller = { ...by, role: "customer-viewer", customer: "Acme" };
    const seen = await listPacks(scoped("Acme"), W, viewer, folder);
    expect(seen.schedules.map(({ customer }) => customer)).toEqual(["Acme"]);
    expect(new Set(seen.packs.map(({ customer }) => customer))).toEqual(new Set(["Acme"]));
    const [acme, globex] = done;
    const file = await downloadPack(scoped("Acme"), W, viewer, acme?.pack ?? "", folder);
    expect(file?.name).toMatch(/^rollcall-evidence-Acme-\d{4}-W\d\d\.zip$/u);
    const content = [...(await unpacked(await readFile(file?.path ?? ""))).values()].join("\n");
    expect(content).toContain("Anvil");
    expect(content).not.toMatch(/Globe|gus@/u);
    expect(await downloadPack(scoped("Acme"), W, viewer, globex?.pack ?? "", folder)).toBeNull();
    const downloads = await entries("download-pack");
    expect(downloads).toHaveLength(1);
    expect(downloads[0]).toMatchObject({
      object: file?.name,
      after: { pack: acme?.pack, sha256: acme?.sha256 },
    });
    await expect(
      downloadPack(database.db, W, { ...by, role: "reviewer" }, acme?.pack ?? "", folder),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("that were missed are made up for; older ones than are kept lose their files, and the list says so", async () => {
    const schedule = await setPackSchedule(database.db, W, by, { every: "month", keep: 2 });
    let now = nextDue("month", Date.now());
    const months = [endedBy("month", now).from];
    for (let i = 0; i < 3; i++) {
      now = nextDue("month", now);
      months.push(endedBy("month", now).from);
    }
    // Nothing ran for four months: two of them would be deleted at once.
    const names = months.map((from) => new Date(from).toISOString().slice(0, 7));
    expect((await makeAt(now + 5 * MINUTE))?.map(({ error }) => error)).toEqual([null, null]);
    expect(await made(schedule)).toEqual([names[3], names[2]]);
    now = nextDue("month", now);
    await makeAt(now);
    const all = await packs(schedule);
    expect(all.map(({ state }) => state)).toEqual(["made", "made", "deleted"]);
    expect(all[2]).toMatchObject({ sha256: expect.any(String), deletedAt: expect.any(String) });
    const files = await readdir(join(folder, W));
    expect(all.map(({ pack }) => files.includes(`${pack}.zip`))).toEqual([true, true, false]);
    expect(await downloadPack(database.db, W, by, all[2]?.pack ?? "", folder)).toBeNull();
    await rm(packPath(folder, W, all[1]?.pack ?? ""));
    expect((await packs(schedule)).map(({ state }) => state)).toEqual(["made", "missing", "deleted"]);
    expect(await makeAt(now + MINUTE)).toEqual([]);
    await removePackSchedule(database.db, W, by, schedule);
    expect((await packs(schedule)).map(({ state }) => state)).toEqual(["made", "missing", "deleted"]);
    expect(await downloadPack(database.db, W, by, all[0]?.pack ?? "", folder)).not.toBeNull();
  });

  it("that fail say why, wait longer each time, and are made when it works again", async () => {
    const schedule = await setPackSchedule(database.db, W, by, { every: "quarter" });
    const due = nextDue("quarter", Date.now());
    const blocked = join(folder, "blocked");
    await writeFile(blocked, "a file where the folder should be");
    const fail = async (now: number) => ((await makeAt(now, blocked)) ?? []).length;
    expect(await fail(due)).toBe(1);
    const [first] = await packs(schedule);
    expect(first).toMatchObject({
      state: "failed",
      failures: 1,
      error: expect.stringContaining(blocked),
      nextTryAt: new Date(due + 15 * MINUTE).toISOString(),
    });
    expect(await fail(due + 15 * MINUTE - 1)).toBe(0);
    expect(await fail(due + 15 * MINUTE)).toBe(1);
    expect((await packs(schedule))[0]).toMatchObject({
      pack: first?.pack,
      failures: 2,
      nextTryAt: new Date(due + 45 * MINUTE).toISOString(),
    });
    expect(await makeAt(due + 45 * MINUTE)).toMatchObject([{ error: null, pack: first?.pack }]);
    expect(await packs(schedule)).toMatchObject([
      { state: "made", error: null, nextTryAt: null, failures: 2 },
    ]);
    expect(retryAt(20, 0)).toBe(24 * 60 * MINUTE);
  });

  it("that fail are not tried again under another schedule, nor after it has ended", async () => {
    const schedule = await setPackSchedule(database.db, W, by, { every: "week" });
    const due = nextDue("week", Date.now());
    await makeAt(due, join(folder, "blocked"));
    await setPackSchedule(database.db, W, by, { every: "quarter" });
    expect(await packs(schedule)).toMatchObject([{ state: "failed", nextTryAt: null }]);
    expect(await makeAt(due + 60 * MINUTE)).toEqual([]);
  });

  it("are made by one process at a time", async () => {
    await setPackSchedule(database.db, W, by, { every: "month" });
    const due = nextDue("month", Date.now());
    const second = await database.in({ workspace: W });
    await alone(second, `rollcall packs ${W}`, async () => {
      expect(await makeAt(due)).toBeNull();
    });
    expect(await makeAt(due)).toHaveLength(1);
  });
});
