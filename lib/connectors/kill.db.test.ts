/**
 * Workers killed with -9 at random, over and over, while the vendor misbehaves and goes on: nothing is lost, nothing doubled.
 * ROLLCALL_KILLS sets how often (docs/connectors.md has the numbers of 200), ROLLCALL_SEED the moments.
 */

import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readWork } from "../../db/queries/connector-work.ts";
import { commandLine } from "../auth/caller.ts";
import { startRollcall } from "../cli/testing.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { Random } from "../sample/random.ts";
import { killableWorkers } from "../worker/testing/killable.ts";
import { addConnector } from "./add-connector.ts";
import { listConnectors } from "./list-connectors.ts";
import { fakeOkta, OKTA_TOKEN } from "./testing/okta.ts";
import { recordsInLog } from "./testing/pull.ts";

const KILLS = Number(process.env.ROLLCALL_KILLS ?? 6);
const SEED = Number(process.env.ROLLCALL_SEED ?? randomInt(1_000_000_000));
/** Of the worker's home, as the connector's secret is kept with it. */
const INSTALLATION = "an installation secret of the test";
/** A worker is killed at one of its first calls, or so long after it: in a page, in its storing, or between two runs. */
const MOST_CALLS = 6;
const LONGEST_MS = 300;
/** A run that is done before that makes no more calls. */
const DONE_MS = 3_000;
/** Between the records of two rounds: what is read again where a place is not taken any more ends there. */
const STEP_MS = 2 * 3_600_000;
/** Without any call for so long a round has gone wrong. */
const SILENT_MS = 240_000;

describe("workers killed with -9", () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-kill-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it(
    `lose and double nothing in ${KILLS} rounds (seed ${SEED})`,
    async () => {
      const random = new Random(SEED, "kills");
      const upTo = (below: number) => Math.floor(random.next() * below);
      const okta = await fakeOkta();
      process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
      okta.pageSize = 25;
      okta.repeats = 2;
      const input = {
        name: "okta",
        kind: "okta-logs",
        settings: { url: okta.url },
        secret: OKTA_TOKEN,
        source: null,
        customer: null,
        everySeconds: 30,
      };
      await addConnector(database.db, "main", commandLine(), input, INSTALLATION);
      const worker = await killableWorkers(await folder, database, INSTALLATION);
      /** Whether somebody has said "run now": the rhythm of half a minute would make each round as long. */
      const ask = () => database.owner.sql`update connector_work set next_run_at = now()`;
      /** Resolves with the call of that number, or a while after the last one. */
      const called = (number: number, round: number) =>
        new Promise<void>((resolve, reject) => {
          let late = setTimeout(
            () => reject(new Error(`The worker asks nothing in round ${round}.`)),
            SILENT_MS,
          );
          let calls = 0;
          okta.onRequest = () => {
            clearTimeout(late);
            calls++;
            if (calls >= number) resolve();
            else late = setTimeout(resolve, DONE_MS);
          };
        });
      const stepOf = async () => (await readWork(database.db.sql, "main"))[0]?.step ?? 0;
      const begin = Date.now() - (KILLS + 1) * STEP_MS;
      let moved = 0;
      let step = 0;
      for (let round = 0; round < KILLS; round++) {
        okta.add(20 + upTo(100), begin + round * STEP_MS);
        const fault = (["close", "half", "500", "limit"] as const)[upTo(12)];
        okta.faults = fault === undefined ? [] : [fault];
        if (upTo(10) === 0) okta.expireLinks();
        await ask();
        const there = called(1 + upTo(MOST_CALLS), round);
        const { child, ended } = worker();
        await there;
        await new Promise((wake) => setTimeout(wake, upTo(LONGEST_MS)));
        child.kill("SIGKILL");
        await ended;
        const now = await stepOf();
        if (now > step) moved++;
        step = now;
      }
      okta.faults = [];
      // Stopped in its first moments it would end by the signal, and had shown nothing.
      const asks = called(1, KILLS);
      await ask();
      const { child, ended } = startRollcall(["worker"], {
        env: { DATABASE_URL: database.url, ROLLCALL_HOME: await folder, NEXTAUTH_SECRET: INSTALLATION },
      });
      await asks;
      const inLog = async () =>
        (await recordsInLog(database.db, "okta")).map(({ uuid }) => String(uuid)).sort();
      const inOkta = okta.records.map(({ uuid }) => uuid).sort();
      for (let tries = 0; (await inLog()).length < inOkta.length && tries < 120; tries++) {
        await ask();
        await new Promise((wake) => setTimeout(wake, 1_000));
      }
      child.kill("SIGTERM");
      expect((await ended).code).toBe(0);
      expect(await inLog()).toEqual(inOkta);
      const [counts] = await database.owner.sql`
      select (select count(*)::int from records) records, (select accepted::int from ingests) accepted, (select records::int from connector_work) pulled`;
      expect(counts).toEqual({ records: inOkta.length, accepted: inOkta.length, pulled: inOkta.length });
      expect(await listConnectors(database.db, "main")).toMatchObject([
        { setAsideAt: null, records: inOkta.length },
      ]);
      expect(await differences(database.db, "main")).toEqual([]);
      // Most rounds were killed in the middle of something.
      expect(moved).toBeGreaterThan(0);
      process.stderr.write(
        `${KILLS} kills, ${inOkta.length} records, ${await stepOf()} pages, the place moved in ${moved} rounds, seed ${SEED}\n`,
      );
      await okta.close();
    },
    60_000 + KILLS * 30_000,
  );
});
