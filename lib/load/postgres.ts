/** A PostgreSQL that can be killed and started again under the same address, on a folder that can be any. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Home, readSecrets } from "../runtime/home.ts";
import { freePort } from "../runtime/port.ts";
import { openCluster, SUPERUSER, startServer, stopServer } from "../runtime/postgres/cluster.ts";

/** A server whose processes were killed with -9 says for a moment that it is still there. */
const STARTS = 40;
const AGAIN_MS = 250;

export interface LoadPostgres {
  /** Of its database `postgres`, as its owner. */
  url: string;
  /** Kills the server and all of its processes with -9; resolves when none of them is left. */
  kill(): Promise<void>;
  /** Starts it where it does not run. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const processes = async (): Promise<{ pid: number; parent: number }[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-e", "-o", "pid=,ppid="]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/u).map(Number))
    .map(([pid = 0, parent = 0]) => ({ pid, parent }));
};

/** @param settings of PostgreSQL that differ from the usual ones. */
export async function startPostgres(
  home: Home,
  settings: Readonly<Record<string, string>> = {},
): Promise<LoadPostgres> {
  const { postgresPassword } = await readSecrets(home);
  const cluster = await openCluster(home, postgresPassword, () => {});
  const port = await freePort();
  const own = async (): Promise<number | null> => {
    const text = await readFile(join(home.data, "postmaster.pid"), "utf8").catch(() => "");
    const pid = Number.parseInt(text, 10);
    return Number.isInteger(pid) && (await processes()).some((one) => one.pid === pid) ? pid : null;
  };
  const start = async () => {
    if ((await own()) !== null) return;
    for (let tries = 1; (await startServer(cluster, { port, settings })) !== null; tries++) {
      if (tries === STARTS) throw new Error("PostgreSQL can't be started again.");
      await sleep(AGAIN_MS);
    }
  };
  await start();
  return {
    url: `postgres://${SUPERUSER}:${postgresPassword}@127.0.0.1:${port}/postgres`,
    start,
    stop: () => stopServer(cluster),
    async kill() {
      const first = await own();
      if (first === null) return;
      const all = [
        first,
        ...(await processes()).filter(({ parent }) => parent === first).map(({ pid }) => pid),
      ];
      for (const pid of all) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      }
      while ((await processes()).some(({ pid }) => all.includes(pid))) await sleep(20);
    },
  };
}
