/** Checks by a schedule: workers make what is due, once, whoever dies of it; and what comes to nothing is told and tried again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readClock } from "../../db/queries/conformance.ts";
import { commandLine } from "../auth/caller.ts";
import { alone } from "../runtime/alone.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { setScimConnection } from "../scim/set-scim-connection.ts";
import { type ScimService, scimService } from "../scim/testing.ts";
import { killableWorkers } from "../worker/testing/killable.ts";
import { startWorker } from "../worker/worker.ts";
import { checkConformance, conformanceLock } from "./check-conformance.ts";
import type { Level } from "./finding.ts";
import { listConformanceSchedules, showConformanceSchedule } from "./list-schedules.ts";
import { listConformance } from "./read-reports.ts";
import { runDueCheck } from "./run-due-check.ts";
import { MOST_TRIES } from "./schedule.ts";
import { setConformanceSchedule } from "./set-conformance-schedule.ts";

const W = "main";
const INSTALLATION = "secret of this installation";
const by = commandLine();
const limits = { paceMs: 0 };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** On a busy machine. */
const PATIENCE_MS = 60_000;
const ADA = { id: "p1", userName: "ada@larkspur.example", active: true };

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !(await what()); ) {
    if (performance.now() > end) throw new Error("It does not come about.");
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

describe("a check by a schedule", () => {
  const test = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-schedules-"));
  let service: ScimService;

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService([ADA]);
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  const connect = (application: string, writes: boolean) => {
    const { url, token } = service;
    const connection = { url, token, writes, ending: "deactivate" } as const;
    return setScimConnection(test.db, W, by, application, connection, INSTALLATION);
  };
  const set = (application: string, everyDays: number | null, level: Level = "read") =>
    setConformanceSchedule(test.db, W, by, application, { everyDays, level });
  const shown = (application: string) => showConformanceSchedule(test.db, W, application);
  const reports = (application: string) => listConformance(test.db, W, application);
  /** As though its time had come. */
  const comeRound = (application: string) =>
    test.owner
      .sql`update conformance_turns set next_run_at = now() - interval '1 second' where application = ${application}`;
  const due = (application: string, stop?: AbortSignal) =>
    runDueCheck(
      { db: test.db, workspace: W, installation: INSTALLATION, limits, ...(stop ? { stop } : {}) },
      application,
    );
  /** Milliseconds from the database's now until it is tried next. */
  const ahead = async (application: string) =>
    Date.parse((await shown(application)).nextRunAt ?? "") - (await readClock(test.db.sql));

  it("is made by one of two workers, once, also after the one before was killed at it", async () => {
    await connect("Chat", false);
    await set("Chat", 7);
    const start = await killableWorkers(await folder, test, INSTALLATION);
    await comeRound("chat");
    const killed = start();
    let asked = 0;
    service.faults.onRequest = () => {
      if (++asked === 9) killed.child.kill("SIGKILL");
    };
    await killed.ended;
    expect(asked).toBeGreaterThanOrEqual(9);
    service.faults.onRequest = () => {};
    expect(await reports("Chat")).toEqual([]);
    const wait = await ahead("Chat");
    expect(wait).toBeGreaterThan(29 * MINUTE);
    expect(wait).toBeLessThanOrEqual(30 * MINUTE);
    await comeRound("chat");
    const before = service.asked.length;
    const worker = () =>
      startWorker({
        url: test.url,
        access: test.access,
        scoped: () => test.db,
        installation: INSTALLATION,
        lookEvery: 50,
      });
    const stops = await Promise.all([worker(), worker()]);
    await until(async () => (await ahead("Chat")) > DAY);
    const [report, ...others] = await reports("Chat");
    expect(others).toEqual([]);
    expect(report).toMatchObject({ level: "read", by: null, stopped: null, requests: expect.any(Number) });
    expect(service.asked.length - before).toBe(report?.requests);
    // Its turn is over, for whoever looks.
    expect(await due("chat")).toEqual({ checked: 0, failed: 0 });
    await set("Chat", null);
    await comeRound("chat");
    await new Promise((wake) => setTimeout(wake, 500));
    await Promise.all(stops.map((stop) => stop()));
    expect(service.asked.length - before).toBe(report?.requests);
    expect(await shown("Chat")).toMatchObject({ everyDays: null, nextRunAt: null });
    expect(
      await test.owner.sql`
        select verb, actor_name, before, after from audit_entries where object = 'Chat' order by at, entry`,
    ).toMatchObject([
      { verb: "set-scim-connection" },
      { verb: "set-conformance-schedule", before: null, after: { everyDays: 7, level: "read" } },
      { verb: "check-conformance", actor_name: "Rollcall" },
      { verb: "check-conformance", actor_name: "Rollcall", after: { level: "read" } },
      { verb: "keep-trial", actor_name: "Rollcall", after: { trial: report?.id } },
      { verb: "set-conformance-schedule", before: { everyDays: 7, level: "read" }, after: null },
    ]);
  }, 120_000);

  it("takes away what an earlier one has left, and goes by its rhythm", async () => {
    await connect("Wiki", true);
    await set("Wiki", 1, "write");
    expect(await ahead("Wiki")).toBeGreaterThan(DAY - MINUTE);
    expect(await due("wiki")).toEqual({ checked: 0, failed: 0 });
    const marked = {
      id: "left",
      userName: "rollcall-check-0123abcd@example.invalid",
      externalId: "rollcall-check:0123abcd",
    };
    service.users.set("left", { ...marked, active: true });
    // Two days were missed: they are made up for once, and the next turn is at the hour at which it was set.
    await test.owner.sql.begin(async (sql) => {
      await sql`alter table conformance_schedules disable trigger user`;
      await sql`update conformance_schedules set since = now() - interval '50 hours'`;
      await sql`update conformance_turns set next_run_at = now() - interval '26 hours'`;
      await sql`alter table conformance_schedules enable trigger user`;
    });
    expect(await due("wiki")).toEqual({ checked: 1, failed: 0 });
    const hours = (await ahead("Wiki")) / (60 * MINUTE);
    expect(hours).toBeGreaterThan(21.9);
    expect(hours).toBeLessThanOrEqual(22);
    expect(await reports("Wiki")).toMatchObject([{ level: "write", by: null, leftOver: [] }]);
    expect([...service.users.values()]).toEqual([ADA]);
    // The level alone is changed: its turns stay. Another rhythm begins anew.
    const { nextRunAt } = await shown("Wiki");
    await set("wiki", 1, "read");
    expect(await shown("Wiki")).toMatchObject({ application: "Wiki", level: "read", nextRunAt });
    await set("Wiki", 30, "read");
    expect(await ahead("Wiki")).toBeGreaterThan(30 * DAY - MINUTE);
    // Noted by a clock that has been set back since: nobody waits for it.
    await test.owner.sql`update conformance_turns set next_run_at = now() + interval '31 days'`;
    expect(await due("wiki")).toEqual({ checked: 1, failed: 0 });
    await set("Wiki", null);
  });

  it("at the level write needs a connection that allows it, when it is set and when it is made", async () => {
    await connect("Desk", false);
    await expect(set("Desk", 7, "write")).rejects.toMatchObject({
      code: "no-connection",
      message: expect.stringContaining("allows no writing"),
    });
    expect(await listConformanceSchedules(test.db, W)).toEqual([]);
    await connect("Desk", true);
    await set("Desk", 7, "write");
    await connect("Desk", false);
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      await comeRound("desk");
      expect(await due("desk")).toEqual({ checked: 0, failed: 1 });
      const minutes = (await ahead("Desk")) / MINUTE;
      const wait = tries === MOST_TRIES ? 7 * 24 * 60 : 30 * 2 ** (tries - 1);
      expect(minutes).toBeGreaterThan(wait - 1);
      expect(minutes).toBeLessThanOrEqual(wait);
    }
    expect((await shown("Desk")).problem).toBe(
      "The SCIM connection of Desk allows no writing. An admin can allow it on the application's page.",
    );
    expect(service.asked).toEqual([]);
    expect(await reports("Desk")).toEqual([]);
    // A check that is made says that nothing is wrong any more.
    await connect("Desk", true);
    service.faults.fails = () => 401;
    await comeRound("desk");
    expect(await due("desk")).toEqual({ checked: 0, failed: 1 });
    expect((await shown("Desk")).problem).toContain("does not take the token (HTTP 401)");
    service.faults.fails = () => null;
    await comeRound("desk");
    expect(await due("desk")).toEqual({ checked: 1, failed: 0 });
    expect(await shown("Desk")).toMatchObject({ problem: null });
    await set("Desk", null);
  });

  it("that its processes die of waits for its next turn after some tries", async () => {
    await connect("Poison", false);
    await set("Poison", 1);
    await test.owner
      .sql`update conformance_turns set tries = ${MOST_TRIES}, next_run_at = now() - interval '1 second'`;
    expect(await due("poison")).toEqual({ checked: 0, failed: 1 });
    expect(service.asked).toEqual([]);
    expect((await shown("Poison")).problem).toContain("ended before it was done");
    expect(await ahead("Poison")).toBeGreaterThan(DAY - MINUTE);
    await set("Poison", null);
  });

  it("is made beside no other check of the application, and leaves nothing where its worker is stopped", async () => {
    await connect("Pages", true);
    await set("Pages", 1, "write");
    await comeRound("pages");
    const check = (): Promise<unknown> =>
      checkConformance(test.db, W, by, { application: "pages ", level: "read", limits }, INSTALLATION);
    await alone(test.db, conformanceLock(W, "pages"), async () => {
      expect(await due("pages")).toBeNull();
      await expect(check()).rejects.toMatchObject({ code: "running" });
    });
    expect(service.asked).toEqual([]);
    const stop = new AbortController();
    const made: string[] = [];
    service.faults.onRequest = (moment, { method }) => {
      if (moment === "come" && method === "POST") made.push(...service.users.keys());
      if (moment === "answered" && service.users.size > 1) stop.abort();
    };
    expect(await due("pages", stop.signal)).toEqual({ checked: 0, failed: 0 });
    service.faults.onRequest = () => {};
    expect(made.length).toBeGreaterThan(0);
    expect([...service.users.values()]).toEqual([ADA]);
    expect(await reports("Pages")).toEqual([]);
    // It is due as before.
    expect(await ahead("Pages")).toBeLessThanOrEqual(0);
    expect(await shown("Pages")).toMatchObject({ problem: null });
    await set("Pages", null);
  });

  it("is set by an admin, for an application with a connection, every 1 to 365 days", async () => {
    await expect(set("Nowhere", 7)).rejects.toMatchObject({ code: "no-connection" });
    await connect("Closed", true);
    for (const days of [0, 366, 1.5, Number.NaN])
      await expect(set("Closed", days), String(days)).rejects.toMatchObject({ code: "bad-schedule" });
    for (const name of [" ", "\0", "x".repeat(501)])
      await expect(set(name, 7)).rejects.toMatchObject({ code: "unknown-application" });
    const viewer = { ...by, role: "analyst" } as const;
    const wish = { everyDays: 7, level: "read" } as const;
    await expect(setConformanceSchedule(test.db, W, viewer, "Closed", wish)).rejects.toMatchObject({
      code: "forbidden",
    });
    await set("Closed", null);
    const entries = await test.owner.sql`
      select from audit_entries where verb = 'set-conformance-schedule' and object = 'Closed'`;
    expect(entries).toHaveLength(0);
  });
});
