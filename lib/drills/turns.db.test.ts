/** Whose turn it is: workers run what is due, and look how followed people fare. */
import type { TransactionSql } from "postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { attempt } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type ScimService, scimService } from "../scim/testing.ts";
import { readTrials } from "../trials/read-trials.ts";
import { startWorker } from "../worker/worker.ts";
import { askForDrill } from "./ask-for-drill.ts";
import { listDrills, showDrills } from "./list-drills.ts";
import { runDue } from "./run-due.ts";
import { setDrills } from "./set-drills.ts";
import { HURRIED, INSTALLATION, setUpDrills } from "./testing/set-up.ts";

const W = "main";
const by = commandLine();
/** On a busy machine. */
const PATIENCE_MS = 60_000;

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await what()); ) {
    if (Date.now() > end) throw new Error("It does not come about.");
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** Okta's word on Ann's leaving, on a day of January 2026. */
const leaving = (day: number) =>
  JSON.stringify({
    uuid: `leaving-${day}`,
    published: new Date(Date.UTC(2026, 0, day)).toISOString(),
    eventType: "user.lifecycle.deactivate",
    actor: { id: "00u-hr", type: "User", alternateId: "hr@larkspur.example", displayName: "HR" },
    outcome: { result: "SUCCESS", reason: null },
    target: [{ id: "00u-ann", type: "User", alternateId: "ann@larkspur.example", displayName: "ann" }],
  });

/** The provider carries it to the application. */
const carried = (day: number, hour: number) =>
  JSON.stringify({
    ...JSON.parse(attempt(day, "ann", { failed: false, hour })),
    uuid: `carried-${day}`,
    eventType: "application.provision.user.deactivate",
  });

describe("drills whose turn it is", () => {
  const database = testDatabase();
  let service: ScimService;

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService([{ id: "1", userName: "ann@larkspur.example", active: true }]);
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });

  it("are run by a worker, once, and cleaned up by it after another one has died", async () => {
    const { db, url, access } = database;
    await setUpDrills(db, W, "Chat", service, { everyHours: 24 });
    expect((await listDrills(db, W))[0]).toMatchObject({ application: "Chat", active: true, everyHours: 24 });
    await askForDrill(db, W, by, "Chat");
    const start = () =>
      startWorker({ url, access, scoped: () => db, installation: INSTALLATION, lookEvery: 100 });
    const stops = await Promise.all([start(), start()]);
    await until(async () => (await readTrials(db, W, "Chat")).length > 0);
    await until(async () => {
      const { running, left } = await showDrills(db, W, "Chat");
      return running === null && left.length === 0;
    });
    const shown = await showDrills(db, W, "Chat");
    expect(shown.trials).toMatchObject([{ verdict: "passed", by: by.actor.name }]);
    expect(Date.parse(shown.nextRunAt ?? "")).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    // As a process leaves it that is killed when it has made the account.
    const [row] = await database.owner.sql<{ identity: string }[]>`
      update drills set kept_at = null, cleaned_at = null, drill = gen_random_uuid(),
        state = state || '{"step": "find", "mayExist": true, "steps": []}' returning identity`;
    service.users.set("2", { id: "2", userName: row?.identity ?? "", active: true });
    await until(async () => service.users.size === 1 && (await readTrials(db, W, "Chat")).length === 2);
    await Promise.all(stops.map((stop) => stop()));
    expect((await readTrials(db, W, "Chat")).map(({ verdict }) => verdict).sort()).toEqual([
      "failed",
      "passed",
    ]);
    expect([...service.users.keys()]).toEqual(["1"]);
  }, 120_000);

  it("are seen to wait or to run, whenever somebody looks", async () => {
    const { db, owner } = database;
    await setUpDrills(db, W, "Looked", service);
    await askForDrill(db, W, by, "Looked");
    const run = () => runDue({ db, workspace: W, installation: INSTALLATION, pace: HURRIED }, "looked");
    let ended: ReturnType<typeof run> | undefined;
    const looked = async (sql: TransactionSql, table: string) => {
      await until(async () => {
        const [row] = await sql<{ waits: boolean }[]>`
          select exists(select from pg_locks where relation = ${table}::regclass and not granted) waits`;
        return row?.waits === true;
      });
      const [row] = await sql<{ shown: boolean }[]>`
        select exists(select from drill_turns where application = 'looked' and next_run_at <= now() + interval '1 second')
          or exists(select from drills where application = 'looked') shown`;
      expect(row, table).toEqual({ shown: true });
    };
    const goOn = new Error("What was locked is let go.");
    // It stands still where it reads the connection, and where it notes the drill.
    await owner.sql.begin(async (sql) => {
      await sql`lock table drills in share mode`;
      const reading = sql.savepoint(async (within) => {
        await within`lock table scim_connections in access exclusive mode`;
        ended = run();
        await looked(within, "scim_connections");
        throw goOn;
      });
      await expect(reading).rejects.toBe(goOn);
      await looked(sql, "drills");
    });
    expect(await ended).toMatchObject({ run: 1, cleaned: 1 });
    // And where its trial is in the log, and what follows from it is not worked out yet.
    await askForDrill(db, W, by, "Looked");
    await owner.sql.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall refresh ${W}`}, 0))`;
      ended = run();
      await until(async () => (await readTrials(db, W, "Looked")).length === 2);
      expect((await showDrills(db, W, "Looked")).running).toMatchObject({ now: null });
    });
    expect(await ended).toMatchObject({ run: 1, cleaned: 1 });
    expect((await showDrills(db, W, "Looked")).running).toBeNull();
  });

  it("need a connection that may write, and say what is wrong with their settings", async () => {
    const set = (change: Parameters<typeof setDrills>[4]) => setDrills(database.db, W, by, "Wiki", change);
    await expect(set({ active: true })).rejects.toThrow("an admin first sets a SCIM connection");
    for (const change of [
      { everyHours: 0 },
      { everyHours: 1.5 },
      { domain: "no domain" },
      { group: { kind: "named", name: " " } },
      { followHours: 0 },
      { follow: "" },
    ] as const)
      await expect(set(change), JSON.stringify(change)).rejects.toMatchObject({ code: "bad-setting" });
    await expect(setDrills(database.db, W, by, " ", {})).rejects.toMatchObject({
      code: "unknown-application",
    });
    const viewer = { ...by, role: "auditor" } as const;
    await expect(setDrills(database.db, W, viewer, "Wiki", {})).rejects.toMatchObject({ code: "forbidden" });
  });

  it("follow a person from the directory's word to the application, and keep each change once", async () => {
    const { db, owner } = database;
    const look = async () => {
      await owner.sql`update drill_turns set look_at = now()`;
      return runDue({ db, workspace: W, installation: INSTALLATION, pace: HURRIED }, "chat");
    };
    await setUpDrills(db, W, "Chat", service, {
      active: false,
      follow: "Ann@larkspur.example",
      followHours: 2,
    });
    await owner.sql`update drill_turns set followed = jsonb_set(followed, '{since}', '0')`;
    expect(await look()).toMatchObject({ followed: 0, run: 0 });
    await ingestText(db, W, leaving(10), "okta", "okta");
    // Long overdue, and still active there.
    expect(await look()).toMatchObject({ followed: 1 });
    expect(await look()).toMatchObject({ followed: 0 });
    const [failed] = await readTrials(db, W, "Chat", { kinds: ["followed"] });
    expect(failed).toMatchObject({ verdict: "failed", identity: "Ann@larkspur.example" });
    await ingestText(db, W, carried(10, 1), "okta", "okta");
    service.users.set("1", { id: "1", userName: "ann@larkspur.example", active: false });
    expect(await look()).toMatchObject({ followed: 1 });
    expect(await look()).toMatchObject({ followed: 0 });
    const [passed] = await readTrials(db, W, "Chat", { kinds: ["followed"] });
    expect(passed).toMatchObject({ verdict: "passed", steps: [{ latencyMs: 3_600_000 }, {}] });
    const { rows } = await runReport(db, W, "coverage");
    expect(rows.find(({ application }) => application === "Chat")?.cells.leaver.trial).toMatchObject({
      kind: "followed",
      verdict: "passed",
    });
  });
});
