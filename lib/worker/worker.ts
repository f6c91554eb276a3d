/**
 * Does what is due, in this process: jobs go through a queue in the database, from which any number of workers take them. What is
 * due stands in Rollcall's own tables and not in the queue, so that nothing is lost with a job.
 */
import { setTimeout as delay } from "node:timers/promises";
import type PgBoss from "pg-boss";
import { connectAsOwner, type Db } from "../../db/client.ts";
import { waitForTurn } from "../../db/migrate.ts";
import { QUEUE_SCHEMA, readDeadJobs, readDueWork } from "../../db/queries/queue.ts";
import { runWork, workLock } from "../connectors/run-work.ts";
import { log } from "../runtime/log.ts";

const QUEUE = "connector";

/** Whoever says "run now" waits no longer than this for it to begin. */
const LOOK_EVERY_MS = 1_000;
/** After something went wrong, most often the database: it is not asked all the time. */
const LOOK_AGAIN_MS = 10_000;
/** Runs at once in one process: they wait for vendors most of the time, and share the machine with the pages. */
const RUNS_AT_ONCE = 2;
/** Jobs made at once: more than workers do before it is looked again only fill the queue. */
const MOST_JOBS = 100;
/** A job whose worker's machine went without a word is taken up after so long: well above a run's minute and its last call. */
const EXPIRE_SECONDS = 300;
/** What runs ends after its page within this, or is cut off: whoever stops a worker does not want to wait. */
const STOP_MS = 10_000;

interface Job {
  workspace: string;
  work: string;
}

export interface WorkerContext {
  /** Of the database's owner: the queue is nobody else's. */
  url: string;
  /** A connection that sees one workspace. */
  scoped: (workspace: string) => Db;
  /** The secret of this installation. */
  installation: string;
  /** Milliseconds, for tests. */
  lookEvery?: number;
}

/** Looks once: frees what died, and makes jobs of what is due. */
async function look(boss: PgBoss, owner: Db): Promise<void> {
  const lock = workLock("{workspace}", "{work}");
  for (const id of await readDeadJobs(owner.sql, QUEUE, lock)) {
    log().warn("The worker that ran a connector died. It is run again.");
    await boss.fail(QUEUE, id, { message: "Its worker died." });
  }
  for (const { workspace, work } of await readDueWork(owner.sql, QUEUE, lock, MOST_JOBS)) {
    const data: Job = { workspace, work };
    await boss.send(QUEUE, data, { singletonKey: work, retryLimit: 0, expireInSeconds: EXPIRE_SECONDS });
  }
}

/**
 * Starts working.
 * @returns stops it: what runs ends after its page.
 * @throws what the database says when the queue can't be made there.
 */
export async function startWorker({
  url,
  scoped,
  installation,
  lookEvery = LOOK_EVERY_MS,
}: WorkerContext): Promise<() => Promise<void>> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const owner = connectAsOwner(url);
  // Read by workers alone: commands start without it.
  const { default: Boss } = await import("pg-boss");
  const boss = new Boss({
    connectionString: url,
    schema: QUEUE_SCHEMA,
    max: 2,
    application_name: "rollcall",
  });
  boss.on("error", (err) => {
    if (!signal.aborted) log().error({ err }, "The queue of jobs can't be used.");
  });
  try {
    // Workers that make their tables at once would hold each other up.
    await owner.sql.begin(async (sql) => {
      await waitForTurn(sql, "transaction");
      await boss.start();
      await boss.createQueue(QUEUE, { name: QUEUE, policy: "stately" });
    });
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    await owner.close();
    throw error;
  }
  const handle = async ([job]: { data: Job }[]) => {
    if (job === undefined || signal.aborted) return;
    const { workspace, work } = job.data;
    try {
      await runWork({ db: scoped(workspace), workspace, installation, stop: signal, onlyDue: true }, work);
    } catch (err) {
      // The connector's account has the sentence; pages show it.
      if (!signal.aborted) log().error({ err }, "A connector could not be run.");
    }
  };
  for (let i = 0; i < RUNS_AT_ONCE; i++) await boss.work(QUEUE, { pollingIntervalSeconds: 1 }, handle);
  const looking = (async () => {
    while (!signal.aborted) {
      const wait = await look(boss, owner).then(
        () => lookEvery,
        (err: unknown) => {
          if (!signal.aborted)
            log().error({ err }, "What is due could not be looked for; again in a moment.");
          return LOOK_AGAIN_MS;
        },
      );
      await delay(wait, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return async () => {
    stopped.abort();
    await looking;
    await boss.stop({ graceful: true, wait: true, timeout: STOP_MS });
    await owner.close();
  };
}
