/** One PostgreSQL server on a data folder of ours: made, started, looked up and stopped. */
import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Home } from "../home.ts";
import { freePort } from "../port.ts";
import { codeOf, fileProblem, RuntimeProblem } from "../problem.ts";
import { type Account, accountFor } from "./account.ts";
import { type Binaries, findBinaries, PG_MAJOR } from "./binaries.ts";
import { damaged, type Retry, startFailure, wrongVersion } from "./failure.ts";
import { memoryHere, sharedBuffersMb } from "./memory.ts";
import { run } from "./run.ts";

export const SUPERUSER = "rollcall";

/** Recovery of a large database after a crash takes minutes; giving up in its middle would help nobody. */
const START_SECONDS = 15 * 60;
/** A fast stop writes out what is in memory (at most shared_buffers): seconds, on a slow disk more. */
const STOP_SECONDS = 120;

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  // Paths of sockets have a length limit that a deep home exceeds; TCP has none.
  unix_socket_directories: "",
  shared_buffers: `${sharedBuffersMb(memoryHere())}MB`,
  // Between two checkpoints each page is written down whole once. With PostgreSQL's own gigabyte a large ingest writes two thirds more;
  // with more, putting a database in order after a crash takes longer.
  max_wal_size: "2GB",
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
  // A long-lived log should hold what went wrong, not a line for each checkpoint.
  log_checkpoints: "off",
};

export interface Cluster {
  home: Home;
  binaries: Binaries;
  account: Account;
}

const logOf = (home: Home) => join(home.data, "server.log");

/** The cluster of a home; its data folder is made when missing. @throws RuntimeProblem when that is unusable. */
export async function openCluster(
  home: Home,
  password: string,
  say: (text: string) => void,
): Promise<Cluster> {
  const binaries = await findBinaries();
  const account = await accountFor(home.data, dirname(binaries.initdb));
  const cluster = { home, binaries, account };
  const entries = await readdir(home.data).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw fileProblem(error, home.data);
  });
  if (entries.length === 0) {
    say(`Making the database in ${home.root} …`);
    await initialise(cluster, password);
  }
  const version = await readFile(join(home.data, "PG_VERSION"), "utf8").catch(() => null);
  if (version === null) throw damaged(home.data, "it has no PG_VERSION");
  if (version.trim() !== PG_MAJOR) throw wrongVersion(home.data, `another (${version.trim()})`);
  return cluster;
}

/**
 * Makes the data folder aside and moves it into place complete: neither a kill in between nor a second process at
 * the same time can leave a half-made one.
 */
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { home, account } = cluster;
  let draft = "";
  try {
    draft = await mkdtemp(draftPrefix(home));
    const data = join(draft, "data");
    const passwordFile = join(draft, "password");
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    for (const path of [draft, data, passwordFile]) await account.own(path);
    await initdb(cluster, data, passwordFile);
    await rename(data, home.data).catch((error: unknown) => {
      // Another process was first.
      if (!["EEXIST", "ENOTEMPTY", "EPERM"].includes(codeOf(error))) throw error;
    });
  } catch (error) {
    throw fileProblem(error, home.root);
  } finally {
    if (draft) await rm(draft, { recursive: true, force: true });
    await removeOldDrafts(home);
  }
}

const draftPrefix = (home: Home) => `${home.data}.new-`;

async function initdb(
  { home, binaries, account }: Cluster,
  data: string,
  passwordFile: string,
): Promise<void> {
  const options = [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--data-checksums",
    // The same order and upper and lower case on every machine, whatever its locale.
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  const { code, output } = await run(account.call(binaries.initdb, options));
  if (code === 0) return;
  const failure = startFailure(output, home.data, home.root);
  if (failure instanceof RuntimeProblem) throw failure;
  throw new RuntimeProblem(
    "postgres-start",
    `The database in ${home.root} could not be made:\n${output.trim()}`,
  );
}

/** What a killed first start left behind. */
async function removeOldDrafts(home: Home): Promise<void> {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of await readdir(home.root)) {
    const path = join(home.root, name);
    if (!path.startsWith(draftPrefix(home))) continue;
    const made = await stat(path).catch(() => null);
    if (made && made.mtimeMs < hourAgo) await rm(path, { recursive: true, force: true });
  }
}

/** The port of the running server of this home, or null when none runs. */
export async function runningPort({ home }: Cluster): Promise<number | null> {
  const file = join(home.data, "postmaster.pid");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw fileProblem(error, home.data);
  });
  if (text === null) return null;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !port) return null;
  if (!alive(pid)) return null;
  if (await isPostgres(pid)) return port;
  // After a restart of the machine its number may belong to any program; PostgreSQL would refuse to start beside it.
  await rm(file, { force: true });
  return null;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Where it can't be found out, yes: a file too many is less harm than two servers on one folder. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === "win32") return true;
  const line =
    process.platform === "linux"
      ? readFile(`/proc/${pid}/cmdline`, "utf8")
      : promisify(execFile)("ps", ["-p", String(pid), "-o", "command="]).then(({ stdout }) => stdout);
  return line.then(
    (text) => text.includes("postgres"),
    () => true,
  );
}

export interface StartOptions {
  /** A free one when absent. */
  port?: number;
  /** PostgreSQL's settings that differ from the usual ones. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * Starts the server as a process of its own, which outlives this one.
 * @returns null once it accepts connections, or when another try is due.
 * @throws RuntimeProblem when it can't start.
 */
export async function startServer(
  { home, binaries, account }: Cluster,
  { port, settings }: StartOptions = {},
): Promise<Retry | null> {
  const log = logOf(home);
  const before = await sizeOf(log);
  const given = Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `-c ${name}=${value}`);
  const args = ["start", "-w", "-t", String(START_SECONDS), "-D", home.data, "-l", log];
  const { code, output } = await run(
    account.call(binaries.pg_ctl, [...args, "-o", [`-p ${port ?? (await freePort())}`, ...given].join(" ")]),
  );
  if (code === 0) return null;
  const failure = startFailure(`${output}\n${await readFrom(log, before)}`, home.data, log);
  if (failure instanceof RuntimeProblem) throw failure;
  return failure;
}

const stopArgs = (home: Home) => ["stop", "-m", "fast", "-D", home.data];

/** Stops the server and waits for its end. */
export async function stopServer({ home, binaries, account }: Cluster): Promise<void> {
  await run(account.call(binaries.pg_ctl, [...stopArgs(home), "-w", "-t", String(STOP_SECONDS)]));
}

/** Tells the server to stop, for a process that must end now and can't wait. */
export function stopServerNow({ home, binaries, account }: Cluster): void {
  const { file, args, ...where } = account.call(binaries.pg_ctl, [...stopArgs(home), "-W"]);
  spawnSync(file, args, { ...where, stdio: "ignore", windowsHide: true });
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file, "r").catch(() => null);
  if (!handle) return "";
  try {
    const length = Math.max((await handle.stat()).size - start, 0);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
    return buffer.toString("utf8");
  } finally {
    await handle.close();
  }
}
