import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type Home, homeAt } from "./home.ts";
import { freePort } from "./port.ts";
import { openEmbedded, openPostgres } from "./postgres.ts";

const USER_PROCESS = fileURLToPath(new URL("./testing/user-process.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;
const silent = () => {};
const folders: string[] = [];

async function newHome(mode = 0o755): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-home-"));
  folders.push(folder);
  await mkdir(join(folder, "in"), { mode });
  return homeAt(join(folder, "in", "home"));
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Another process on the same home; resolves once it has its database. */
function anotherUser(home: Home): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, ["--import", "tsx", USER_PROCESS, home.root], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.stdout
      .setEncoding("utf8")
      .once("data", (url: string) => resolve({ url: url.trim(), process: child }));
    child.once("exit", (code) => reject(new Error(`The other process ended with ${code}.`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return ended;
}

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    return await run(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const answers = (url: string) =>
  query(url, (sql) => sql`select 1`).then(
    () => true,
    () => false,
  );

const serverPid = async (home: Home) =>
  Number((await readFile(join(home.data, "postmaster.pid"), "utf8")).split("\n")[0]);

describe("the database of a home", () => {
  it("is one for all who start at once, and ends with the last of them", async () => {
    const home = await newHome();
    const users = await Promise.all([1, 2, 3].map(() => openEmbedded(home, silent)));
    const urls = new Set(users.map(({ url }) => url));
    expect(urls.size).toBe(1);
    const [url = ""] = urls;
    for (const user of users) {
      expect(await answers(url)).toBe(true);
      await user.release();
    }
    expect(await answers(url)).toBe(false);
  });

  it("lets nobody in without the password", async () => {
    const user = await openEmbedded(await newHome(), silent);
    const open = new URL(user.url);
    open.password = "guessed";
    expect(await answers(open.href)).toBe(false);
    await user.release();
  });

  it("goes on for the others when who started it is killed, and ends after them", async () => {
    const home = await newHome();
    const starter = await anotherUser(home);
    const other = await openEmbedded(home, silent);
    expect(other.url).toBe(starter.url);
    await end(starter.process, "SIGKILL");
    expect(await answers(other.url)).toBe(true);
    await other.release();
    expect(await answers(other.url)).toBe(false);
  });

  it("ends with a process that gets a signal", async () => {
    const { url, process: user } = await anotherUser(await newHome());
    expect(await end(user, "SIGTERM")).toBe(143);
    await vi.waitFor(async () => expect(await answers(url)).toBe(false), { timeout: 60_000, interval: 100 });
  });

  it("is there again, with what was committed, after the server was killed", async () => {
    const home = await newHome();
    const before = await openEmbedded(home, silent);
    await query(before.url, (sql) => sql`create table kept as select 7 as n`);
    process.kill(await serverPid(home), "SIGKILL");
    const after = await openEmbedded(home, silent);
    expect(await query(after.url, (sql) => sql`select n from kept`)).toEqual([{ n: 7 }]);
    await before.release();
    expect(await answers(after.url)).toBe(true);
    await after.release();
  });

  it("stays for its users when a crash inside PostgreSQL has cut their connections", async () => {
    const home = await newHome();
    const long = await openEmbedded(home, silent);
    await query(long.url, (sql) => sql`create table crashed as select 1`);
    await query(long.url, async (sql) => {
      const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      process.kill(backend?.pid ?? 0, "SIGKILL");
    });
    const other = await openEmbedded(home, silent);
    const users = other.url.replace(/rollcall$/u, "postgres");
    const locks = () =>
      query(users, (sql) => sql`select 1 from pg_locks where locktype = 'advisory' and granted`);
    await vi.waitFor(async () => expect(await locks()).toHaveLength(2), { timeout: 60_000, interval: 200 });
    await other.release();
    expect(await answers(long.url)).toBe(true);
    await long.release();
  });

  it("starts beside a number in postmaster.pid that now belongs to another program", async () => {
    const home = await newHome();
    await (await openEmbedded(home, silent)).release();
    const stale = `${process.pid}\n${home.data}\n1\n1\n\n127.0.0.1\n\nready\n`;
    await writeFile(join(home.data, "postmaster.pid"), stale, { mode: 0o600 });
    const user = await openEmbedded(home, silent);
    expect(await answers(user.url)).toBe(true);
    await user.release();
  });

  it.runIf(isRoot)("works for root in a folder that nobody else may enter", async () => {
    const user = await openEmbedded(await newHome(0o700), silent);
    expect(await answers(user.url)).toBe(true);
    await user.release();
  });
});

describe("a data folder that can't be used", () => {
  async function brokenHome(breakIt: (home: Home) => Promise<void>): Promise<Home> {
    const home = await newHome();
    await (await openEmbedded(home, silent)).release();
    await breakIt(home);
    return home;
  }

  it.each([
    ["without its version", "data-damaged", (home: Home) => rm(join(home.data, "PG_VERSION"))],
    ["without its control file", "data-damaged", (home: Home) => rm(join(home.data, "global", "pg_control"))],
    ["of another version", "data-version", (home: Home) => writeFile(join(home.data, "PG_VERSION"), "9\n")],
    ["without the password", "secrets-unusable", (home: Home) => rm(home.secretsFile)],
    ["with broken secrets", "secrets-unusable", (home: Home) => writeFile(home.secretsFile, "{}")],
  ])("%s is named in a sentence", async (_what, code, breakIt) => {
    const home = await brokenHome(breakIt);
    const failure = openEmbedded(home, silent);
    await expect(failure).rejects.toMatchObject({ name: "RuntimeProblem", code });
    await expect(failure).rejects.toThrow(/\.$/u);
  });
});

describe("DATABASE_URL", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is checked, and what is wrong is said in a sentence", async () => {
    vi.stubEnv("DATABASE_URL", `postgres://rollcall:secret@127.0.0.1:${await freePort()}/rollcall`);
    const failure = openPostgres(await newHome(), silent);
    await expect(failure).rejects.toMatchObject({ code: "database-unreachable" });
    await expect(failure).rejects.toThrow(/nothing listens there\.$/u);
    await expect(failure).rejects.not.toThrow(/secret/u);
  });

  it("is used as it is, and left running", async () => {
    const server = await openEmbedded(await newHome(), silent);
    vi.stubEnv("DATABASE_URL", server.url);
    const user = await openPostgres(await newHome(), silent);
    expect(user.url).toBe(server.url);
    await user.release();
    expect(await answers(server.url)).toBe(true);
    await server.release();
  });

  it("that is no address is refused", async () => {
    vi.stubEnv("DATABASE_URL", "my database");
    await expect(openPostgres(await newHome(), silent)).rejects.toMatchObject({ code: "database-url" });
  });
});
