/** Workers, and what becomes of work that fails, is poison, or is paused. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../db/client.ts";
import { beginWork, readWork } from "../../db/queries/connector-work.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { setAlertChannel } from "../alerts/set-alert-channel.ts";
import { setAlertRules } from "../alerts/set-alert-rules.ts";
import { startReceiver } from "../alerts/testing/receiver.ts";
import { commandLine } from "../auth/caller.ts";
import { listConnectors } from "../connectors/list-connectors.ts";
import { connectorNamed } from "../connectors/named.ts";
import { pauseConnector } from "../connectors/pause-connector.ts";
import { resumeConnector } from "../connectors/resume-connector.ts";
import { runConnector } from "../connectors/run-connector.ts";
import { setConnector } from "../connectors/set-connector.ts";
import { type FakeOkta, fakeOkta, OKTA_TOKEN } from "../connectors/testing/okta.ts";
import { INSTALLATION, pull, recordsInLog, setUp } from "../connectors/testing/pull.ts";
import { attempt } from "../failures/testing.ts";
import { ingestText } from "../ingest/testing.ts";
import { alone } from "../runtime/alone.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { KINDS, WORKER_CONNECTIONS } from "./kinds.ts";
import { startWorker } from "./worker.ts";

/** On a busy machine. */
const PATIENCE_MS = 60_000;

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await what()); ) {
    if (Date.now() > end) throw new Error("It does not come about.");
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

describe("workers", () => {
  const database = testDatabase();
  let okta: FakeOkta;
  let n = 0;
  let name = "";
  const told = async (of = name) => (await listConnectors(database.db, "main", of))[0];
  const worker = (lookEvery = 100) =>
    startWorker({
      url: database.url,
      access: database.access,
      scoped: () => database.db,
      installation: INSTALLATION,
      lookEvery,
    });

  beforeAll(() => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
  });
  beforeEach(async () => {
    okta = await fakeOkta();
    okta.pageSize = 10;
    name = `okta-${n++}`;
  });
  afterEach(async () => {
    await database.owner.sql`update connector_work set done_at = now()`;
    await okta.close();
  });

  const add = (of = name) =>
    setUp(database.db, of, "okta-logs", { url: okta.url }, OKTA_TOKEN, { source: of });

  it("share what is due, run it by its rhythm, and end when they are told to", async () => {
    okta.add(45);
    const names = [name, `${name}-b`, `${name}-c`];
    for (const one of names) await add(one);
    const stops = await Promise.all([worker(), worker()]);
    await until(async () => (await Promise.all(names.map(told))).every((one) => one?.state === "healthy"));
    for (const one of names) expect(await recordsInLog(database.db, one)).toHaveLength(45);
    // Each was run once: what is healthy waits for its next turn.
    expect(okta.asked.filter((call) => call.includes("since="))).toHaveLength(3);
    okta.add(5);
    await runConnector(database.db, "main", commandLine(), name);
    await until(async () => (await told())?.records === 50);
    await Promise.all(stops.map((stop) => stop()));
    await runConnector(database.db, "main", commandLine(), name);
    const asked = okta.asked.length;
    await new Promise((wake) => setTimeout(wake, 500));
    expect(okta.asked).toHaveLength(asked);
  }, 120_000);

  it("go on by the database's clock where it was set back by an hour", async () => {
    okta.add(20);
    await add();
    expect(await pull(database.db, name)).toMatchObject({ accepted: 20 });
    // What was noted before the clock was set back lies ahead of it.
    await database.owner.sql`
      update connector_work set started_at = now() + interval '59 minutes', next_run_at = now() + interval '61 minutes'
      where done_at is null`;
    okta.add(5, Date.now());
    const stop = await worker();
    await until(async () => (await recordsInLog(database.db, name)).length === 25);
    // Then it goes by its rhythm again.
    await until(async () => Date.parse((await told())?.nextRunAt ?? "") - Date.now() < 120_000);
    await stop();
  }, 120_000);

  it("have connections to work with where all of their jobs run at once in one workspace", async () => {
    const db = connect(database.access, { workspace: "main" }, WORKER_CONNECTIONS);
    const jobs = KINDS.flatMap(({ queue, atOnce }) =>
      Array.from({ length: atOnce }, (_, i) => `a job of ${queue}, ${i}`),
    );
    let held = 0;
    const worked = jobs.map((name) =>
      alone(db, name, async () => {
        held++;
        await until(async () => held === jobs.length);
        const [row] = await db.sql<{ worked: string }[]>`select ${name} worked`;
        return row?.worked;
      }),
    );
    expect(await Promise.all(worked)).toEqual(jobs);
    await db.close();
  });

  it("leave what is paused, and go on with it where it was", async () => {
    okta.add(20);
    await add();
    await pauseConnector(database.db, "main", commandLine(), name);
    const stop = await worker();
    await new Promise((wake) => setTimeout(wake, 1_000));
    expect(okta.asked).toEqual([]);
    expect(await told()).toMatchObject({ state: "paused", nextRunAt: null });
    await resumeConnector(database.db, "main", commandLine(), name);
    await until(async () => (await told())?.state === "healthy");
    expect(await recordsInLog(database.db, name)).toHaveLength(20);
    await stop();
  }, 120_000);

  it("set aside what fails by Rollcall's own fault again and again, with its reason, until somebody says to try again", async () => {
    okta.add(20);
    await add();
    const role = new URL(database.access.url).username;
    const { sql } = database.owner;
    await sql`revoke insert on segments from ${sql(role)}`;
    for (let tries = 0; tries < 10; tries++)
      await expect(pull(database.db, name)).rejects.toThrow("permission denied");
    expect(await told()).toMatchObject({ state: "failing", setAsideAt: null });
    expect(await pull(database.db, name)).toBeNull();
    const aside = await told();
    expect(aside).toMatchObject({ state: "failing", setAsideAt: expect.any(String), nextRunAt: null });
    expect(aside?.lastError).toContain("permission denied for table segments");
    // Nobody runs it, whoever is there.
    const asked = okta.asked.length;
    const stop = await worker();
    await new Promise((wake) => setTimeout(wake, 1_000));
    expect(okta.asked).toHaveLength(asked);
    await sql`grant insert on segments to ${sql(role)}`;
    await runConnector(database.db, "main", commandLine(), name);
    await until(async () => (await told())?.state === "healthy");
    expect(await recordsInLog(database.db, name)).toHaveLength(20);
    await stop();
  }, 120_000);

  it("set aside what their processes die of, and count anew once it gets on", async () => {
    okta.add(20);
    await add();
    const { connector } = await connectorNamed(database.db.sql, "main", name);
    const [work] = await readWork(database.db.sql, "main", { connector });
    const die = () => beginWork(database.db.sql, "main", work?.work ?? "");
    for (let tries = 0; tries < 9; tries++) await die();
    // One page, and the count begins anew.
    expect(await pull(database.db, name, { sliceMs: 0 })).toMatchObject({ pages: 1 });
    for (let tries = 0; tries < 10; tries++) await die();
    expect(await pull(database.db, name)).toBeNull();
    expect((await told())?.lastError).toContain("The process that ran it died each time");
  });

  it("look at alerts when somebody has set something, each workspace's by one of them at a time", async () => {
    const receiver = await startReceiver();
    await ingestText(database.db, "main", attempt(1, "ann"), "okta", "okta");
    const stops = await Promise.all([worker(), worker()]);
    const channel = { kind: "webhook", to: receiver.url, digest: false } as const;
    await setAlertChannel(database.db, "main", commandLine(), "hook", channel, INSTALLATION);
    await until(async () => receiver.calls.length > 0);
    // Asked again and again, they tell nothing twice.
    for (let asked = 0; asked < 3; asked++) {
      const zone = ["Europe/Berlin", "UTC"][asked % 2];
      await setAlertRules(database.db, "main", commandLine(), { zone });
      const before = (await listAlerts(database.db, "main")).lastLookAt ?? "";
      await until(async () => ((await listAlerts(database.db, "main")).lastLookAt ?? "") > before);
    }
    await Promise.all(stops.map((stop) => stop()));
    expect(receiver.calls.map(({ body }) => JSON.parse(body).rule)).toEqual(["failure-group"]);
    await receiver.stop();
  }, 120_000);

  it("use a secret that is changed at once, and none is told or kept in the clear", async () => {
    okta.add(5);
    await setUp(database.db, name, "okta-logs", { url: okta.url }, "an-old-token", { source: name });
    expect((await pull(database.db, name))?.problem).toContain("Invalid token");
    const change = { settings: null, secret: OKTA_TOKEN, everySeconds: null };
    await setConnector(database.db, "main", commandLine(), name, change, INSTALLATION);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 5, problem: null });
    const elsewhere = { settings: { url: "https://elsewhere.example" }, secret: null, everySeconds: null };
    await expect(
      setConnector(database.db, "main", commandLine(), name, elsewhere, INSTALLATION),
    ).rejects.toThrow("Give the secret too");
    const everything = JSON.stringify([
      await told(),
      await database.owner.sql`select * from audit_entries`,
      await database.owner.sql`select settings, encode(secret, 'escape') from connectors`,
    ]);
    expect(everything).toContain("set-connector");
    for (const secret of [OKTA_TOKEN, "an-old-token"]) expect(everything).not.toContain(secret);
  });
});
