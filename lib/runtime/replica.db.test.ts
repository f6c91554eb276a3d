/** Reports told by a real streaming replica: what one has done oneself is always there, and what goes wrong with it nobody notices. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccess } from "../../db/access.ts";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { setSla } from "../applications/set-sla.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { recentReport } from "../reports/recent.ts";
import { homeAt } from "./home.ts";
import { openEmbedded, type PostgresHandle } from "./postgres.ts";
import { readReports } from "./replica.ts";
import { type Replica, startReplica } from "./testing/replica.ts";
import { accessToEnv, closeWebDbs, webDb } from "./web.ts";

/** Somebody else at the keyboard. */
const named = (id: string): Caller => {
  const caller = commandLine();
  return { ...caller, actor: { ...caller.actor, id, name: id } };
};

describe("a streaming replica", () => {
  const before = { ...process.env };
  let folder = "";
  let primary: PostgresHandle;
  let replica: Replica;
  let db: Db;

  const load = async (seed: number) => {
    const chunks = (async function* () {
      yield* oktaLog(6_000, seed);
    })();
    return ingest(db, DEFAULT_WORKSPACE, named("loader"), {
      chunks,
      file: null,
      bytesTotal: null,
      source: "okta",
    });
  };
  const ask = async (by: Caller) => {
    const visit = { db, workspace: DEFAULT_WORKSPACE, by };
    const { read, replica: told } = await readReports(visit, (from) =>
      recentReport(from, DEFAULT_WORKSPACE, "offboarding", {}),
    );
    return { report: read.report, told };
  };
  const hours = async (by: Caller) => (await ask(by)).report.slas.map((sla) => sla.hours);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-replica-"));
    // As root, PostgreSQL runs as another user and must reach its data.
    await chmod(folder, 0o711);
    const home = homeAt(join(folder, "primary"));
    await mkdir(home.root, { mode: 0o711 });
    primary = await openEmbedded(home, () => {});
    await migrate(primary.url);
    const access = await openAccess(primary.url, { secret: "of the replica's test" });
    replica = await startReplica(home, primary.url, folder);
    Object.assign(process.env, accessToEnv(access), { DATABASE_REPLICA_URL: replica.url });
    db = webDb({ workspace: DEFAULT_WORKSPACE });
    await load(1);
    await replica.catchUp();
  });

  afterAll(async () => {
    await closeWebDbs();
    process.env = before;
    await replica?.stop();
    await primary?.release();
    await rm(folder, { recursive: true, force: true });
  });

  it("tells the same, and that it has all", async () => {
    const { report, told } = await ask(named("ann"));
    expect(told).toEqual({ behindSeconds: 0 });
    const own = (await recentReport(db, DEFAULT_WORKSPACE, "offboarding", {})).report;
    expect(report.rows.length).toBeGreaterThan(0);
    expect(report.rows.map(({ subject, endedAt }) => [subject, endedAt])).toEqual(
      own.rows.map(({ subject, endedAt }) => [subject, endedAt]),
    );
  });

  it("is not asked by who has changed what it does not show yet; others are told how old it is", async () => {
    const application = (await ask(named("ann"))).report.rows[0]?.application ?? "";
    await replica.pause();
    await setSla(db, DEFAULT_WORKSPACE, named("ann"), application, 7);
    expect(await ask(named("ann"))).toMatchObject({ told: null });
    expect(await hours(named("ann"))).toEqual([7]);
    const other = await ask(named("bob"));
    expect(other.told?.behindSeconds).toBeGreaterThanOrEqual(0);
    expect(other.report.slas).toEqual([]);
    await replica.resume();
    await replica.catchUp();
    expect(await ask(named("ann"))).toMatchObject({ told: { behindSeconds: 0 } });
    expect(await hours(named("ann"))).toEqual([7]);
    expect(await hours(named("bob"))).toEqual([7]);
  });

  it("tells nobody of the time before an ingest that has ended", async () => {
    await replica.pause();
    await load(2);
    expect((await ask(named("ann"))).told).toBeNull();
    expect((await ask(named("bob"))).told).toBeNull();
    await replica.resume();
    await replica.catchUp();
    // How far it is behind is not 0 for sure: what the server does by itself meanwhile is on its way as well.
    expect((await ask(named("bob"))).told).not.toBeNull();
  });

  it("that is no replica is not asked", async () => {
    process.env.DATABASE_REPLICA_URL = primary.url;
    const { told, report } = await ask(named("ann"));
    expect(told).toBeNull();
    expect(report.rows.length).toBeGreaterThan(0);
    process.env.DATABASE_REPLICA_URL = replica.url;
    expect((await ask(named("ann"))).told).not.toBeNull();
  });

  it("that goes away is missed by nobody", async () => {
    await replica.stop();
    for (let i = 0; i < 2; i++) {
      const { told, report } = await ask(named("ann"));
      expect(told).toBeNull();
      expect(report.rows.length).toBeGreaterThan(0);
    }
  });
});
