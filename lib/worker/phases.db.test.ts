/** A worker killed with -9 in each phase of its jobs, held there: nothing is lost, nothing doubled, and another one goes on. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAlerts } from "../alerts/list-alerts.ts";
import { setAlertChannel } from "../alerts/set-alert-channel.ts";
import { setAlertRules } from "../alerts/set-alert-rules.ts";
import { type Receiver, startReceiver } from "../alerts/testing/receiver.ts";
import { commandLine } from "../auth/caller.ts";
import { type FakeOkta, fakeOkta, OKTA_TOKEN } from "../connectors/testing/okta.ts";
import { INSTALLATION, recordsInLog, setUp } from "../connectors/testing/pull.ts";
import { attempt } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type Killable, killableWorkers } from "./testing/killable.ts";

/** On a busy machine. */
const PATIENCE_MS = 60_000;
/** Between the records of two phases. */
const STEP_MS = 3_600_000;

async function until(what: () => Promise<boolean>, phase = "the end"): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !(await what()); ) {
    if (performance.now() > end) throw new Error(`It does not come about: ${phase}.`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** Where it is held up: by what the transaction of somebody else holds. */
type Phase = readonly [phase: string, hold: (sql: postgres.TransactionSql) => Promise<unknown>];

/** Of reading a source, in the order of a run. */
const READING: readonly Phase[] = [
  ["taken, before it has begun", (sql) => sql`select from connector_work for update`],
  ["before its source is known", (sql) => sql`lock table sources in access exclusive mode`],
  ["storing a page's records", (sql) => sql`lock table segments in share mode`],
  ["noting which records there are", (sql) => sql`lock table records in share mode`],
  ["noting whom they are about", (sql) => sql`lock table dirty_refs in share mode`],
  [
    "before it works out what they say",
    (sql) => sql`select pg_advisory_xact_lock(hashtextextended('rollcall refresh main', 0))`,
  ],
  [
    "putting them into the log's tree",
    (sql) => sql`select pg_advisory_xact_lock(hashtextextended('rollcall tree main', 0))`,
  ],
];

/** The same of a round of alerts. */
const TELLING: readonly Phase[] = [
  ["raising alerts", (sql) => sql`lock table alerts in share mode`],
  ["noting that a channel was told", (sql) => sql`lock table alert_tellings in share mode`],
  ["noting the round", (sql) => sql`lock table alert_rounds in share mode`],
];

describe("a worker killed in a phase of its work", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-phases-"));
  let okta: FakeOkta;
  let receiver: Receiver;
  let start: () => Killable;

  beforeAll(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    okta = await fakeOkta();
    receiver = await startReceiver();
    okta.pageSize = 10;
    start = await killableWorkers(await folder, database, INSTALLATION);
  });
  afterAll(async () => {
    await Promise.all([okta.close(), receiver.stop()]);
    await rm(await folder, { recursive: true, force: true });
  });

  /** Kills a worker once it waits for what `hold` holds. */
  async function killedWaiting([phase, hold]: Phase): Promise<void> {
    const looking = await database.in({ workspace: "main" });
    const waits = async () => {
      const [row] = await looking.sql<{ waits: boolean }[]>`
        select exists(select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock') waits`;
      return row?.waits === true;
    };
    // Of the one that was killed before nothing is left.
    await until(async () => !(await waits()), phase);
    const { child, ended } = await database.owner.sql.begin(async (sql) => {
      await hold(sql);
      const worker = start();
      await until(waits, phase);
      worker.child.kill("SIGKILL");
      await worker.ended;
      return worker;
    });
    expect(child.killed).toBe(true);
    await ended;
  }

  it("while it reads a source", async () => {
    await setUp(database.db, "okta", "okta-logs", { url: okta.url }, OKTA_TOKEN, {
      source: "okta",
      everySeconds: 30,
    });
    const due = () => database.owner.sql`update connector_work set next_run_at = now()`;
    const began = Date.now() - (READING.length + 3) * STEP_MS;
    let phases = 0;
    const more = async () => {
      okta.add(25, began + phases++ * STEP_MS);
      await due();
    };
    for (const phase of READING) {
      await more();
      await killedWaiting(phase);
    }
    // And while it waits for the vendor: for the first page, and for the second.
    for (const page of [1, 2]) {
      await more();
      const worker = start();
      let asked = 0;
      await new Promise<void>((resolve) => {
        okta.onRequest = () => {
          if (++asked < page) return;
          worker.child.kill("SIGKILL");
          resolve();
        };
      });
      okta.onRequest = () => {};
      await worker.ended;
    }
    await more();
    const { child, ended } = start();
    const inOkta = okta.records.map(({ uuid }) => uuid).sort();
    const inLog = async () =>
      (await recordsInLog(database.db, "okta")).map(({ uuid }) => String(uuid)).sort();
    await until(async () => {
      await due();
      return (await inLog()).length >= inOkta.length;
    });
    // What was stored and not worked out yet is, before it is compared.
    await until(async () => (await database.owner.sql`select from dirty_refs limit 1`).length === 0);
    child.kill("SIGKILL");
    await ended;
    expect(await inLog()).toEqual(inOkta);
    expect(await differences(database.db, "main")).toEqual([]);
    expect(await database.owner.sql`select from connector_work where set_aside_at is not null`).toHaveLength(
      0,
    );
  });

  it("while it looks at alerts and tells of them", async () => {
    await database.owner.sql`update connector_work set done_at = now()`;
    const channel = { kind: "webhook", to: receiver.url, digest: false } as const;
    await setAlertChannel(database.db, "main", commandLine(), "hook", channel, INSTALLATION);
    const looked = async () => {
      await setAlertRules(database.db, "main", commandLine(), { zone: "UTC" });
      await database.owner.sql`update alert_rounds set next_run_at = now(), next_look_at = now()`;
    };
    let n = 0;
    const failure = async () => {
      n++;
      const record = attempt(n, "ann", { application: `Application ${n}` });
      await ingestText(database.db, "main", record, "failing", "okta");
      await looked();
    };
    for (const phase of TELLING) {
      await failure();
      await killedWaiting(phase);
    }
    // And while a message is on its way.
    await failure();
    receiver.delay = 60_000;
    const told = receiver.calls.length;
    const cut = start();
    await until(async () => receiver.calls.length > told);
    cut.child.kill("SIGKILL");
    await cut.ended;
    receiver.delay = 0;
    const { child, ended } = start();
    await until(async () => {
      await looked();
      const { open } = await listAlerts(database.db, "main");
      return open.length >= n && open.every(({ notifiedAt }) => notifiedAt !== null);
    });
    child.kill("SIGKILL");
    await ended;
    // Whoever died between a message and noting it sends it again: under the same id, and saying the same.
    const messages = new Map<string, string>();
    const alerts: string[] = [];
    for (const { headers, body } of receiver.calls) {
      const id = String(headers["webhook-id"]);
      if (messages.has(id)) continue;
      messages.set(id, body);
      alerts.push(...(JSON.parse(body) as { alerts: { what: string }[] }).alerts.map(({ what }) => what));
    }
    expect(alerts).toHaveLength(n);
    expect(new Set(alerts).size).toBe(n);
  });
});
