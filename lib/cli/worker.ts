/** rollcall worker */
import type { Command } from "commander";
import { connect, type Db } from "../../db/client.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { endProcess } from "../runtime/end-process.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { log, logsJson } from "../runtime/log.ts";
import { firstSignal } from "../runtime/signals.ts";
import { WORKER_CONNECTIONS } from "../worker/kinds.ts";
import { startWorker } from "../worker/worker.ts";
import { installationSecretOfHome, withOwner } from "./context.ts";
import { say } from "./output.ts";

export function addWorker(program: Command): void {
  program
    .command("worker")
    .description("pull from live sources, beside the pages or on a machine of its own; any number of workers")
    .action(async () => {
      await withOwner(async (url) => {
        const access = await prepareDatabase(homeFromEnv(), url);
        const installation = await installationSecretOfHome();
        const pools = new Map<string, Db>();
        const scoped = (workspace: string): Db => {
          const pool = pools.get(workspace) ?? connect(access, { workspace }, WORKER_CONNECTIONS);
          pools.set(workspace, pool);
          return pool;
        };
        const stop = await startWorker({ url, access, scoped, installation });
        const stopped = firstSignal();
        if (logsJson()) log().info("The worker runs.");
        else say("The worker runs (Ctrl-C stops it).");
        await stopped;
        await stop();
        await Promise.all([...pools.values()].map((pool) => pool.close()));
      });
      endProcess();
    });
}
