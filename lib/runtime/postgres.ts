/** The database of a home: a server of our own that all processes of the home share, or the one of DATABASE_URL. */
import { setTimeout as sleep } from "node:timers/promises";
import { checkDatabaseUrl, createDatabase } from "./database.ts";
import { type Home, readSecrets } from "./home.ts";
import {
  type Cluster,
  openCluster,
  runningPort,
  SUPERUSER,
  startServer,
  stopServer,
  stopServerNow,
} from "./postgres/cluster.ts";
import { type Hold, join } from "./postgres/hold.ts";
import { RuntimeProblem } from "./problem.ts";

/** Starts that end in "try again" before the reason is worth telling. */
const MAX_STARTS = 20;
const RETRY_MS = 250;
/** Longest wait for a server that is recovering: as long as its start may take. */
const WAIT_MS = 15 * 60_000;
/** How often somebody who waits is told so. */
const SAY_EVERY_MS = 10_000;

export interface PostgresHandle {
  url: string;
  /** Gives the server back; who is last stops it. Close the connections to it first. */
  release(): Promise<void>;
}

/**
 * The database of `home`, started when nobody runs it yet. It goes on when this process is killed, and whoever starts
 * next takes it over.
 * @param say told what takes longer than a moment.
 * @throws RuntimeProblem with what to do, when there is no usable database.
 */
export async function openPostgres(home: Home, say: (text: string) => void): Promise<PostgresHandle> {
  const external = process.env.DATABASE_URL;
  if (external) {
    await checkDatabaseUrl(external);
    return { url: external, release: async () => {} };
  }
  return openEmbedded(home, say);
}

/** The same without regard to DATABASE_URL. */
export async function openEmbedded(home: Home, say: (text: string) => void): Promise<PostgresHandle> {
  const { postgresPassword } = await readSecrets(home);
  const cluster = await openCluster(home, postgresPassword, say);
  const { hold, url } = await joinOrStart(cluster, postgresPassword, say);
  const forget = onSignal(cluster, hold);
  let released: Promise<void> | null = null;
  const release = () => {
    released ??= leave(cluster, hold).finally(forget);
    return released;
  };
  try {
    return { url: await createDatabase(url, "rollcall"), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function joinOrStart(cluster: Cluster, password: string, say: (text: string) => void) {
  const end = Date.now() + WAIT_MS;
  let nextSay = Date.now() + 1_000;
  const waiting = setInterval(() => {
    if (Date.now() < nextSay) return;
    say("Waiting for PostgreSQL; after a crash it first puts its data in order …");
    nextSay = Date.now() + SAY_EVERY_MS;
  }, 1_000);
  try {
    for (let starts = 0; starts < MAX_STARTS && Date.now() < end; ) {
      const port = await runningPort(cluster);
      if (port === null) {
        starts++;
        if ((await startServer(cluster)) === "later") await sleep(RETRY_MS);
        continue;
      }
      const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
      const hold = await join(url);
      if (hold) return { hold, url };
      await sleep(RETRY_MS);
    }
  } finally {
    clearInterval(waiting);
  }
  throw new RuntimeProblem(
    "postgres-start",
    `PostgreSQL doesn't get ready. The end of ${cluster.home.data}/server.log says why.`,
  );
}

async function leave(cluster: Cluster, hold: Hold): Promise<void> {
  try {
    if (await hold.leaveAsLast()) await stopServer(cluster);
  } catch {
    // The server is gone already: then there is nothing to stop.
  } finally {
    await hold.end();
  }
}

/** Ctrl-C in a command that doesn't handle it itself would leave the server running without a user. */
function onSignal(cluster: Cluster, hold: Hold): () => void {
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const handlers = Object.entries(signals).map(([signal, exitCode]) => {
    const handler = () => {
      if (process.listenerCount(signal) > 1) return;
      void hold
        .leaveAsLast()
        .catch(() => false)
        .then((last) => {
          if (last) stopServerNow(cluster);
          process.exit(exitCode);
        });
    };
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  return () => {
    for (const forget of handlers) forget();
  };
}
