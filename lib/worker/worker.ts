/**
 * Does what is due, in this process: jobs go through a queue in the database, from which any number of workers take them. What is
 * due stands in Rollcall's own tables and not in the queue, so that nothing is lost with a job.
 */
import { setTimeout as delay } from "node:timers/promises";
import type PgBoss from "pg-boss";
import { type Access, connectAsOwner, type Db } from "../../db/client.ts";
import { waitForTurn } from "../../db/migrate.ts";
import { type DueWork, QUEUE_SCHEMA, readDeadJobs } from "../../db/queries/queue.ts";
import { endsWithin } from "../runtime/ends-within.ts";
import { log } from "../runtime/log.ts";
import { KINDS } from "./kinds.ts";

/** Whoever says "run now" waits no longer than this for it to begin. */
const LOOK_EVERY_MS = 1_000;
/** After something went wrong, most often the database: it is not asked all the time. */
const LOOK_AGAIN_MS = 10_000;
/** Jobs made at once: more than workers do before it is looked again only fill the queue. */
const MOST_JOBS = 100;
/** What runs ends after its page within this, or is cut off: whoever stops a worker does not want to wait. */
const STOP_MS = 10_000;

export interface WorkerContext {
  /** Of the database's owner: the queue is nobody else's. */
  url: string;
  /** How the application comes in. */
  access: Access;
  /** A connection that sees one workspace. */
  scoped: (workspace: string) => Db;
  /** The secret of this installation. */
  installation: string;
  /** Milliseconds, for tests. */
  lookEvery?: number;
}

/** Looks once: frees what died, and makes jobs of what is due. */
async function look(boss: PgBoss, owner: Db): Promise<void> {
  for (const { queue, lock, due, keyOf, died, expireSeconds } of KINDS) {
    for (const id of await readDeadJobs(owner.sql, queue, lock)) {
      log().warn(died);
      await boss.fail(queue, id, { message: "Its worker died." });
    }
    for (const job of await due(owner.sql, queue, lock, MOST_JOBS)) {
      const options = { singletonKey: keyOf(job), retryLimit: 0, expireInSeconds: expireSeconds };
      await boss.send(queue, job, options);
    }
  }
}

/**
 * Starts working.
 * @returns stops it: what runs ends after its page.
 * @throws what the database says when the queue can't be made there.
 */
export async function startWorker({
  url,
  access,
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
      for (const { queue } of KINDS) await boss.createQueue(queue, { name: queue, policy: "stately" });
    });
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    await owner.close();
    throw error;
  }
  for (const { queue, run, failed, atOnce } of KINDS) {
    const handle = async ([job]: { data: DueWork }[]) => {
      if (job === undefined || signal.aborted) return;
      try {
        await run(job.data, { db: scoped(job.data.workspace), access, installation, stop: signal });
      } catch (err) {
        if (!signal.aborted) log().error({ err }, failed);
      }
    };
    for (let i = 0; i < atOnce; i++) await boss.work(queue, { pollingIntervalSeconds: 1 }, handle);
  }
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
    // A question whose connection went away may be answered by nobody.
    await endsWithin(looking, STOP_MS);
    await boss.stop({ graceful: true, wait: true, timeout: STOP_MS });
    await owner.close();
  };
}
