/** A streaming replica of an embedded PostgreSQL, for tests: a copy of its data that follows it. */
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { type Home, homeAt } from "../home.ts";
import { accountFor } from "../postgres/account.ts";
import { findBinaries } from "../postgres/binaries.ts";
import { runningPort, startServer, stopServer } from "../postgres/cluster.ts";
import { run } from "../postgres/run.ts";

export interface Replica {
  /** Of the same database, user and password. */
  url: string;
  /** What comes from now on is received and not shown, until it is resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves once it shows all that the database has at the call. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_MS = 20;

/**
 * Starts one.
 * @param primary whose data are copied while it runs. @param url of its database, as its superuser.
 * @param root a folder that is there, for the copy.
 */
export async function startReplica(primary: Home, url: string, root: string): Promise<Replica> {
  const own = homeAt(join(root, "replica"));
  await mkdir(own.root, { mode: 0o711 });
  const binaries = await findBinaries();
  const account = await accountFor(primary.data, dirname(binaries.initdb));
  await account.own(own.root);
  const { hostname, port, username, password } = new URL(url);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_backup_start('replica', fast => true)`;
    // Files that go away meanwhile are none of what the backup is made of: the log of changes makes it whole.
    await run(account.call("cp", ["-a", primary.data, own.data]));
    const [label] = await sql<
      { labelfile: string }[]
    >`select labelfile from pg_backup_stop(wait_for_archive => false)`;
    await run(account.call("rm", ["-f", join(own.data, "postmaster.pid"), join(own.data, "server.log")]));
    await writeFile(join(own.data, "backup_label"), label?.labelfile ?? "");
    await writeFile(join(own.data, "standby.signal"), "");
    await appendFile(
      join(own.data, "postgresql.auto.conf"),
      `\nprimary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'\n`,
    );
    for (const file of ["backup_label", "standby.signal"]) await account.own(join(own.data, file));
  } finally {
    await sql.end();
  }
  const cluster = { home: own, binaries, account };
  await startServer(cluster);
  const address = new URL(url);
  address.port = String(await runningPort(cluster));
  const ask = async (query: string, at = address.href) => {
    const asking = postgres(at, { max: 1, onnotice: () => {} });
    const [row] = await asking.unsafe<{ value: string }[]>(query).finally(() => asking.end());
    return String(row?.value);
  };
  return {
    url: address.href,
    async pause() {
      await ask("select pg_wal_replay_pause()");
      while ((await ask("select pg_get_wal_replay_pause_state() as value")) !== "paused")
        await ask("select pg_sleep(0.02)");
    },
    async resume() {
      await ask("select pg_wal_replay_resume()");
    },
    async catchUp() {
      const lsn = await ask("select pg_current_wal_lsn() as value", url);
      const isThere = `select pg_last_wal_replay_lsn() >= '${lsn}'::pg_lsn as value`;
      while ((await ask(isThere)) !== "true") await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    },
    stop: () => stopServer(cluster),
  };
}
