/** The whole of Rollcall in one process: database, migrations, sample, pages. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { connect, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { loadSample } from "../sample/load.ts";
import { ensureBuilt } from "./build.ts";
import { homeFromEnv, PROJECT_ROOT, readSecrets } from "./home.ts";
import { freePortAfter, listenOn } from "./port.ts";
import { openPostgres } from "./postgres.ts";
import { codeOf, RuntimeProblem } from "./problem.ts";

export interface ServeOptions {
  /** TCP port on the loopback address; 0 takes a free one. */
  port: number;
  /** Loads the sample company into an empty workspace. */
  sample: boolean;
  say: (text: string) => void;
  /** Called with the address that opens Rollcall signed in, once it answers. */
  ready: (address: string) => void;
}

/** Connections that don't end by themselves are cut then: somebody waits for the prompt. */
const CLOSE_MS = 3_000;

/** Progress that comes faster than a person reads it is only noise. */
const LINE_EVERY_MS = 4_000;

/** Serves until SIGINT, SIGTERM or SIGHUP. @throws RuntimeProblem when it can't start. */
export async function serve({ port, sample, say, ready }: ServeOptions): Promise<void> {
  const home = homeFromEnv();
  const { sessionSecret } = await readSecrets(home);
  const server = createServer();
  // A log of many gigabytes takes longer to arrive than the five minutes that Node grants a request.
  server.requestTimeout = 0;
  // The port first: to hear that it is taken after a minute of building would be late.
  const taken = await listen(server, port);
  try {
    const database = await openPostgres(home, say);
    try {
      await Promise.all([prepare(database.url, sample, say), ensureBuilt(say)]);
      const token = randomBytes(24).toString("base64url");
      const origin = `http://localhost:${taken}`;
      Object.assign(process.env, {
        DATABASE_URL: database.url,
        NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || sessionSecret,
        NEXTAUTH_URL: process.env.NEXTAUTH_URL || origin,
        ROLLCALL_HOME: home.root,
        ROLLCALL_OPEN_TOKEN: token,
      });
      // Only now: it reads the settings above, and the command line starts faster without it.
      const { default: next } = await import("next");
      const app = next({ dev: false, dir: PROJECT_ROOT, hostname: "localhost", port: taken });
      await app.prepare();
      const handle = app.getRequestHandler();
      server.removeAllListeners("request").on("request", (request, response) => {
        if (isDecodable(request.url ?? "/")) return void handle(request, response);
        // Next would take it for a fault of its own.
        response.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
        response.end("This address can't be read: after a % stand two hexadecimal digits of UTF-8.\n");
      });
      // Until here a signal ends the process at once, as openPostgres arranges.
      const stopped = new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve());
      });
      ready(`${origin}/open/${token}`);
      await stopped;
      await close(server);
      await app.close();
    } finally {
      await database.release();
    }
  } finally {
    server.close();
  }
}

/** Whether the percent signs of a request's path spell text (RFC 3986 §2.1). */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** @returns the port listened on. */
async function listen(server: Server, port: number): Promise<number> {
  server.on("request", (_request, response) => {
    response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "5" });
    response.end("Rollcall is starting. Try again in a moment.\n");
  });
  try {
    return await listenOn(server, port);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EACCES")
      throw new RuntimeProblem(
        "port-refused",
        `This user may not listen on port ${port}. Set another with PORT.`,
      );
    if (code !== "EADDRINUSE") throw error;
    const free = await freePortAfter(port);
    throw new RuntimeProblem(
      "port-taken",
      `Port ${port} is taken by another program. Port ${free} is free: set PORT=${free} and start again.`,
    );
  }
}

async function prepare(url: string, sample: boolean, say: (text: string) => void): Promise<void> {
  await migrate(url);
  if (!sample) return;
  const db = connect(url, 4);
  try {
    let next = Date.now();
    const outcome = await loadSample(db, DEFAULT_WORKSPACE, ({ records, all, phase }) => {
      if (Date.now() < next) return;
      next = Date.now() + LINE_EVERY_MS;
      const doing = phase === "reading" ? "" : ", working out what they say";
      const count = (n: number) => n.toLocaleString("en-GB");
      say(`Loading the sample company: ${count(records)} of ${count(all)} records${doing} …`);
    });
    if (outcome === "own-data") {
      say(
        "Your own records are in this home, so the sample company was not loaded. Another ROLLCALL_HOME can hold it.",
      );
    }
  } finally {
    await db.close();
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
