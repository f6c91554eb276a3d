/** A whole installation under load: a PostgreSQL, any number of web and worker processes on it, and people who are signed in. */
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Access, connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import type { Role } from "../auth/permissions.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { ensureBuilt } from "../runtime/build.ts";
import { createDatabase } from "../runtime/database.ts";
import { type Home, homeAt } from "../runtime/home.ts";
import { ask, jsonOf, sessionOf } from "./client.ts";
import { type LoadPostgres, startPostgres } from "./postgres.ts";
import { type RollcallProcess, startProcess } from "./processes.ts";

export type Say = (text: string) => void;

/** What Rollcall's processes are started on. */
interface Ground {
  /** Of the database, as its owner. */
  url: string;
  access: Access;
  home: Home;
  /** For files of the run. */
  folder: string;
  /** The records that come while it is under load, some lines at a time; each once. */
  live: Iterator<string[]>;
  /** uuids of the records that were there before; empty where nobody asks for them in the end. */
  base: string[];
}

interface ProcessOptions {
  webs: number;
  workers: number;
  /** Settings of Rollcall's processes. */
  env?: Readonly<Record<string, string>>;
  /** A module that Node loads before each of them. */
  preload?: string;
}

export interface InstallationOptions extends ProcessOptions {
  /** Records in the log before anybody comes. */
  events: number;
  /** Records that come while it is under load, of the same tenant. */
  live: number;
  seed?: number;
  /** Of PostgreSQL. */
  settings?: Readonly<Record<string, string>>;
  /** Where PostgreSQL's data lies; a folder of its own when absent. */
  dataFolder?: string;
}

export interface Person {
  member: string;
  email: string;
  session: string;
}

/** Rollcall's processes at work. */
export interface Running extends Ground {
  /** Those that run now; a killed one is taken out. */
  processes: RollcallProcess[];
  /** The web processes that run now. @throws when none does. */
  webs(): RollcallProcess[];
  workers(): RollcallProcess[];
  /** Another one, beside those. */
  add(kind: RollcallProcess["kind"]): Promise<RollcallProcess>;
  /** Kills one with -9; resolves when it is gone. */
  kill(which: RollcallProcess): Promise<void>;
  /** Session of the operator. */
  operator: string;
  invite(role: Role, more?: { customer?: string }): Promise<Person>;
  /** A session more of a member. */
  signIn(member: string): Promise<string>;
  /** As the owner of the tables, for whoever looks from outside; each call a connection of its own. */
  owner(): Db;
  /** As the application. */
  app(): Db;
}

/** The same with a PostgreSQL of its own. */
export interface Installation extends Running {
  postgres: LoadPostgres;
}

/** One client does in a minute what many people do in a day. */
export const RATES = {
  ROLLCALL_RATE_SIGN_IN: "100000",
  ROLLCALL_RATE_WRITES: "1000000",
  ROLLCALL_RATE_READS: "1000000",
};
/** Records of one upload. */
const LIVE_LINES = 200;

/** A day before those of the records that come while it is under load: a pack is of what is all there. */
export const SETTLED = "2024-02-01";

/** Copied: what is cut out of a line would keep all of its text in memory. */
export const uuidOf = (line: string): string =>
  Buffer.from(/"uuid":"([^"]+)"/u.exec(line)?.[1] ?? "", "latin1").toString("latin1");

function* linesOf(records: number, seed: number): Generator<string> {
  for (const chunk of oktaLog(records, seed)) yield* chunk.toString().trimEnd().split("\n");
}

/** Takes `count` from the front, and leaves the iterator where that ends. */
function* taken(lines: Iterator<string>, count: number, told: (line: string) => void): Generator<string> {
  for (let i = 0; i < count; i++) {
    const { done, value } = lines.next();
    if (done) return;
    told(value);
    yield `${value}\n`;
  }
}

function* pieces(lines: Iterator<string>): Generator<string[]> {
  for (;;) {
    const piece: string[] = [];
    while (piece.length < LIVE_LINES) {
      const { done, value } = lines.next();
      if (done) break;
      piece.push(value);
    }
    if (piece.length === 0) return;
    yield piece;
  }
}

async function loadBase(db: Db, file: string): Promise<void> {
  const chunks = createReadStream(file, { highWaterMark: 1024 * 1024 });
  await ingest(db, DEFAULT_WORKSPACE, commandLine(), {
    chunks,
    file: "base.ndjson",
    bytesTotal: null,
    source: "okta",
  });
}

/** Starts Rollcall's processes, lets `work` have them, and ends them again. */
export async function withProcesses<T>(
  ground: Ground,
  { webs: webCount, workers: workerCount, env = {}, preload }: ProcessOptions,
  say: Say,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const processes: RollcallProcess[] = [];
  const open: Db[] = [];
  const keep = (db: Db) => {
    open.push(db);
    return db;
  };
  const settings = { ...RATES, ...env, DATABASE_URL: ground.url, ROLLCALL_HOME: ground.home.root };
  const add = async (kind: RollcallProcess["kind"]) => {
    // A web process that has a worker in it would do the workers' work.
    const own = await startProcess(kind, { ROLLCALL_WORKER: "off", ...settings }, preload);
    processes.push(own);
    void own.ended.then(() => {
      if (processes.includes(own)) processes.splice(processes.indexOf(own), 1);
    });
    return own;
  };
  try {
    say(`Starting ${webCount} web and ${workerCount} worker processes …`);
    const [first] = await Promise.all([
      ...Array.from({ length: webCount }, () => add("web")),
      ...Array.from({ length: workerCount }, () => add("worker")),
    ]);
    const operator = await sessionOf(first?.link ?? "");
    const webs = () => {
      const found = processes.filter(({ kind }) => kind === "web");
      if (found.length === 0) throw new Error("No web process runs.");
      return found;
    };
    const post = async <R>(path: string, body: object): Promise<R> =>
      jsonOf<R>(await ask(webs()[0]?.origin ?? "", operator, path, { body: JSON.stringify(body) }));
    const signIn = async (member: string) => {
      const { url: link } = await post<{ url: string }>(`/api/v1/members/${member}/link`, {});
      return sessionOf(link);
    };
    let invited = 0;
    return await work({
      ...ground,
      processes,
      webs,
      workers: () => processes.filter(({ kind }) => kind === "worker"),
      add,
      async kill(which) {
        which.signal("SIGKILL");
        await which.ended;
        if (processes.includes(which)) processes.splice(processes.indexOf(which), 1);
      },
      operator,
      signIn,
      async invite(role, more = {}) {
        const email = `${role}-${++invited}@larkspur.example`;
        const { member } = await post<{ member: string }>("/api/v1/members", { email, role, ...more });
        return { member, email, session: await signIn(member) };
      },
      owner: () => keep(connectAsOwner(ground.url, 2)),
      app: () => keep(connect(ground.access, { workspace: DEFAULT_WORKSPACE }, 2)),
    });
  } finally {
    const ending = [...processes];
    for (const one of ending) one.signal("SIGTERM");
    await Promise.all(ending.map(({ ended }) => ended));
    await Promise.all(open.map((db) => db.close().catch(() => {})));
  }
}

/** Those records of a tenant that come after its first `events` ones. */
export function liveAfter(events: number, live: number, seed: number): Iterator<string[]> {
  const lines = linesOf(events + live, seed);
  for (let i = 0; i < events; i++) lines.next();
  return pieces(lines);
}

/** Makes a PostgreSQL and a log in it, lets `work` have it with all processes, and takes all of it away again. */
export async function withInstallation<T>(
  options: InstallationOptions,
  say: Say,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const { events, live, seed = 1, settings } = options;
  await ensureBuilt(say);
  const folder = await mkdtemp(join(tmpdir(), "rollcall-load-"));
  let postgres: LoadPostgres | null = null;
  try {
    // As root, PostgreSQL runs as another user and must reach its data.
    await chmod(folder, 0o711);
    const server = homeAt(join(options.dataFolder ?? folder, "server"));
    const home = homeAt(join(folder, "home"));
    await mkdir(server.root, { mode: 0o711 });
    postgres = await startPostgres(server, settings);
    const started = postgres;
    const url = await createDatabase(postgres.url, "rollcall");
    const access = await prepareDatabase(home, url);
    const lines = linesOf(events + live, seed);
    const base: string[] = [];
    if (events > 0) {
      say(`Making and ingesting ${events.toLocaleString("en-GB")} records …`);
      const file = join(folder, "base.ndjson");
      await pipeline(
        Readable.from(taken(lines, events, (line) => base.push(uuidOf(line)))),
        createWriteStream(file),
      );
      const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
      await loadBase(db, file).finally(() => db.close());
      await rm(file);
    }
    const ground = { url, access, home, folder, live: pieces(lines), base };
    return await withProcesses(ground, options, say, (running) => work({ ...running, postgres: started }));
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
