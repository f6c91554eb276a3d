/** The kinds of jobs that workers do. */
import type { Access, Db } from "../../db/client.ts";
import {
  type DueWork,
  readDueConformance,
  readDueDrills,
  readDueReports,
  readDueRounds,
  readDueWork,
} from "../../db/queries/queue.ts";
import { roundLock, runRound } from "../alerts/run-round.ts";
import { conformanceLock } from "../conformance/check-conformance.ts";
import { runDueCheck } from "../conformance/run-due-check.ts";
import { runWork, workLock } from "../connectors/run-work.ts";
import { drillLock, runDue } from "../drills/run-due.ts";
import { buildLock, runBuild } from "../reports/editions/run-build.ts";
import { log } from "../runtime/log.ts";

/** The first look at a workspace's alerts costs a report: not in a process's first minute, in which people want their pages. */
const FIRST_MS = 60_000;

/** Where a job is done. */
interface WorkPlace {
  /** Sees the job's workspace. */
  db: Db;
  /** How the application comes into the database. */
  access: Access;
  /** The secret of this installation. */
  installation: string;
  stop: AbortSignal;
}

/** A run's minute and its last call, a round of alerts, a drill. */
const EXPIRE_SECONDS = 300;
/** A check's eight minutes, and one in which it cleans up. */
const CHECK_EXPIRE_SECONDS = 900;
/** All reports of many people in one pass, and again for a past moment. */
const REPORTS_EXPIRE_SECONDS = 3_600;

/** A kind of job. */
interface Kind {
  queue: string;
  /** Name of the lock of whoever does it, with {workspace} and {work} in it. */
  lock: string;
  /** What is due. */
  due: typeof readDueWork;
  /** What no two jobs of the queue have in common. */
  keyOf: (job: DueWork) => string;
  /** How many in one process: they wait for others most of the time, and share the machine with the pages. */
  atOnce: number;
  /** Seconds after which a job is taken up whose worker's machine went without a word: well above what one takes at most. */
  expireSeconds: number;
  run: (job: DueWork, at: WorkPlace) => Promise<void>;
  /** What the log says of one whose worker died, and of one that failed. */
  died: string;
  failed: string;
}

export const KINDS: readonly Kind[] = [
  {
    queue: "connector",
    lock: workLock("{workspace}", "{work}"),
    due: readDueWork,
    keyOf: ({ work }) => work,
    atOnce: 2,
    expireSeconds: EXPIRE_SECONDS,
    run: async ({ workspace, work }, { db, installation, stop }) => {
      await runWork({ db, workspace, installation, stop, onlyDue: true }, work);
    },
    died: "The worker that ran a connector died. It is run again.",
    // The connector's account has the sentence; pages show it.
    failed: "A connector could not be run.",
  },
  {
    queue: "alerts",
    lock: roundLock("{workspace}"),
    due: (sql, queue, lock, limit) =>
      readDueRounds(sql, queue, lock, limit, { first: performance.now() > FIRST_MS }),
    keyOf: ({ workspace }) => workspace,
    atOnce: 1,
    expireSeconds: EXPIRE_SECONDS,
    run: async ({ workspace }, { db, installation, stop }) => {
      const done = await runRound({ db, workspace, installation, stop });
      const { errors = [], ...counts } = done ?? {};
      for (const err of errors) log().error({ err }, "Alerts could not be looked at or sent.");
      if (Object.values(counts).some((count) => count > 0)) log().info(counts, "Alerts were looked at.");
    },
    died: "The worker that looked at alerts died. They are looked at again.",
    failed: "Alerts could not be looked at.",
  },
  {
    queue: "drills",
    lock: drillLock("{workspace}", "{work}"),
    due: readDueDrills,
    keyOf: ({ workspace, work }) => `${workspace} ${work}`,
    atOnce: 2,
    expireSeconds: EXPIRE_SECONDS,
    run: async ({ workspace, work }, { db, installation, stop }) => {
      const done = await runDue({ db, workspace, installation, stop }, work);
      if (Object.values(done ?? {}).some((count) => count > 0)) log().info(done, "Drills were looked at.");
    },
    died: "The worker that ran a drill died. What it made is cleaned up.",
    failed: "A drill could not be run.",
  },
  {
    queue: "reports",
    lock: buildLock("{workspace}"),
    due: readDueReports,
    keyOf: ({ workspace }) => workspace,
    atOnce: 1,
    expireSeconds: REPORTS_EXPIRE_SECONDS,
    run: async ({ workspace }, { db, access, stop }) => {
      const seconds = await runBuild({ db, workspace, access, stop });
      if (seconds !== null) log().info({ workspace, seconds }, "Reports were worked out.");
    },
    died: "The worker that worked reports out died. They are worked out again.",
    failed: "Reports could not be worked out.",
  },
  {
    queue: "conformance",
    lock: conformanceLock("{workspace}", "{work}"),
    due: readDueConformance,
    keyOf: ({ workspace, work }) => `${workspace} ${work}`,
    // For minutes each holds a connection of the pages' pool: it can wait for the one before.
    atOnce: 1,
    expireSeconds: CHECK_EXPIRE_SECONDS,
    run: async ({ workspace, work }, { db, installation, stop }) => {
      const done = await runDueCheck({ db, workspace, installation, stop }, work);
      if (Object.values(done ?? {}).some((count) => count > 0)) log().info(done, "Conformance was checked.");
    },
    died: "The worker that checked conformance died. It is checked again.",
    failed: "Conformance could not be checked.",
  },
];

/**
 * A worker's connections to one workspace: each job holds one for its lock, and all of them read and write with the others. Were
 * there none besides, jobs that run at once would wait for each other for good.
 */
export const WORKER_CONNECTIONS = KINDS.reduce((sum, { atOnce }) => sum + atOnce, 0) + 4;
