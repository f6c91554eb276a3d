/** The whole of Rollcall in one process: database, migrations, sample, pages. */
import { createServer, type Server } from "node:http";
import { connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { ensureOperator } from "../auth/members/ensure-operator.ts";
import { createSignInLink } from "../auth/sessions/create-sign-in-link.ts";
import { loadSample } from "../sample/load-sample.ts";
import { prepareDatabase } from "./access.ts";
import { ensureBuilt } from "./build.ts";
import { homeFromEnv, PROJECT_ROOT, readSecrets } from "./home.ts";
import { freePortAfter, listenOn } from "./port.ts";
import { openPostgres } from "./postgres.ts";
import { codeOf, RuntimeProblem } from "./problem.ts";
import { accessToEnv, closeWebDbs } from "./web.ts";

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
      const access = await prepareDatabase(home, database.url);
      const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
      const [path] = await Promise.all([
        prepare(db, sample, say).finally(() => db.close()),
        ensureBuilt(say),
      ]);
      const origin = `http://localhost:${taken}`;
      // The pages come into the database as the application's role: they are not told its owner's address.
      delete process.env.DATABASE_URL;
      delete process.env.DATABASE_APP_URL;
      Object.assign(process.env, accessToEnv(access), {
        NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || sessionSecret,
        NEXTAUTH_URL: process.env.NEXTAUTH_URL || origin,
        ROLLCALL_HOME: home.root,
      });
      // Only now: it reads the settings above, and the command line starts faster without it.
      const { default: next } = await import("next");
      const app = next({ dev: false, dir: PROJECT_ROOT, hostname: "localhost", port: taken });
      await app.prepare();
      const handle = app.getRequestHandler();
      server
        .removeAllListeners("request")
        .on("request", (request, response) => void handle(request, response));
      // Until here a signal ends the process at once, as openPostgres arranges.
      const stopped = new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve());
      });
      ready(`${origin}${path}`);
      await stopped;
      await close(server);
      await app.close();
      await closeWebDbs();
    } finally {
      await database.release();
    }
  } finally {
    server.close();
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

/** @returns the path of the link that signs in the operator. */
async function prepare(db: Db, sample: boolean, say: (text: string) => void): Promise<string> {
  const by = commandLine();
  const operator = await ensureOperator(db, DEFAULT_WORKSPACE);
  const { path } = await createSignInLink(db, DEFAULT_WORKSPACE, by, operator);
  if (!sample) return path;
  let next = Date.now();
  const outcome = await loadSample(db, DEFAULT_WORKSPACE, by, ({ records, all, phase }) => {
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
  return path;
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
