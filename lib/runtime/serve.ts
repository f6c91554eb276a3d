/** The whole of Rollcall in one process: database, migrations, sample, pages. */
import type { Server } from "node:http";
import { type Access, connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { countConnections } from "../../db/queries/connections.ts";
import { commandLine } from "../auth/caller.ts";
import { installationSecret } from "../auth/cookie.ts";
import { ensureOperator } from "../auth/members/ensure-operator.ts";
import { createSignInLink } from "../auth/sessions/create-sign-in-link.ts";
import { mailSettings } from "../mail/settings.ts";
import { loadSample } from "../sample/load-sample.ts";
import { startWorker } from "../worker/worker.ts";
import { prepareDatabase } from "./access.ts";
import { ensureBuilt } from "./build.ts";
import { type Behind, makeDoor } from "./door/door.ts";
import { publicAddress } from "./door/public-address.ts";
import { checkOf } from "./door/readiness.ts";
import { builtRoutes } from "./door/routes.ts";
import { doorSettings } from "./door/settings.ts";
import { endsWithin } from "./ends-within.ts";
import { homeFromEnv, PROJECT_ROOT, readSecrets } from "./home.ts";
import { captureConsole } from "./log/console.ts";
import { log } from "./log.ts";
import { startLogTimer } from "./log-timer.ts";
import { metrics } from "./metrics.ts";
import { startPackTimer } from "./pack-timer.ts";
import { freePortAfter, listenOn } from "./port.ts";
import { openPostgres } from "./postgres.ts";
import { startPrivacyTimer } from "./privacy-timer.ts";
import { codeOf, RuntimeProblem } from "./problem.ts";
import { replicaUrl } from "./replica-url.ts";
import { startReviewTimer } from "./review-timer.ts";
import { firstSignal } from "./signals.ts";
import { accessToEnv, closeWebDbs, webDb } from "./web.ts";

export interface ServeOptions {
  /** TCP port on the loopback address; 0 takes a free one. */
  port: number;
  /** Loads the sample company into an empty workspace. */
  sample: boolean;
  say: (text: string) => void;
  /** Called with the address that opens Rollcall signed in, once it answers. */
  ready: (address: string) => void;
}

/** Each part of Rollcall ends within this, longer than any of them waits for others: whoever stops it is not kept waiting by what hangs. */
const END_MS = 20_000;

/** Progress that comes faster than a person reads it is only noise. */
const LINE_EVERY_MS = 4_000;

/** Serves until SIGINT, SIGTERM or SIGHUP. @throws RuntimeProblem when it can't start. */
export async function serve({ port, sample, say, ready }: ServeOptions): Promise<void> {
  const home = homeFromEnv();
  // A wrong setting ends the start, not the first reminder.
  mailSettings();
  replicaUrl();
  const { sessionSecret } = await readSecrets(home);
  const door = makeDoor(doorSettings(process.env), log());
  // The port first: to hear that it is taken after a minute of building would be late.
  const taken = await listen(door.server, port);
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
      captureConsole(log());
      // Only now: it reads the settings above, and the command line starts faster without it.
      const { default: next } = await import("next");
      const app = next({ dev: false, dir: PROJECT_ROOT, hostname: "localhost", port: taken });
      await app.prepare();
      // Apart from the pages' own, so that they can't keep it from being asked.
      const asking = connect(access, { workspace: DEFAULT_WORKSPACE }, 1);
      door.open(await behind(app.getRequestHandler(), asking));
      // Until here a signal ends the process at once, as openPostgres arranges.
      const stopped = firstSignal();
      ready(`${origin}${path}`);
      const timers = [
        startReviewTimer(),
        startPackTimer(),
        startLogTimer(),
        startPrivacyTimer({ url: database.url, access, home }),
        startOwnWorker(database.url, access),
      ];
      await stopped;
      await door.close();
      const endings = [
        ["The work in the background", () => Promise.all(timers.map((stop) => stop()))],
        ["The pages", () => app.close()],
        ["The connections to the database", () => Promise.all([closeWebDbs(), asking.close()])],
      ] as const;
      for (const [what, end] of endings) {
        if (await endsWithin(end(), END_MS)) continue;
        log().warn(`${what} did not end within ${END_MS / 1000} seconds and is cut off.`);
      }
    } finally {
      await database.release();
    }
  } finally {
    door.server.close();
  }
}

/**
 * A worker in this process, unless ROLLCALL_WORKER is off: then others do what is due. The pages are there before it, and without
 * it where it can't start.
 * @param url of the database's owner. @returns stops it.
 */
function startOwnWorker(url: string, access: Access): () => Promise<void> {
  if (process.env.ROLLCALL_WORKER === "off") return async () => {};
  const scoped = (workspace: string) => webDb({ workspace });
  const started = startWorker({ url, access, scoped, installation: installationSecret() }).catch(
    (err: unknown) => {
      log().error({ err }, "No worker could be started: live sources are not read by this process.");
      return null;
    },
  );
  return async () => {
    await (await started)?.();
  };
}

/**
 * Next behind the door, as the settings of the environment have it by now.
 * @param db for the checks.
 */
async function behind(handle: Behind["handle"], db: Db): Promise<Behind> {
  const check = checkOf(db);
  return {
    handle,
    routes: await builtRoutes(PROJECT_ROOT),
    address: publicAddress(new URL(process.env.NEXTAUTH_URL ?? "")),
    operating: {
      check,
      async measure() {
        const { databaseConnections } = metrics();
        databaseConnections.reset();
        // A database that does not answer must not keep the other numbers back.
        if (!(await check()).checks.database) return;
        for (const [state, n] of await countConnections(db)) databaseConnections.set({ state }, n);
      },
    },
  };
}

/** @returns the port listened on. */
async function listen(server: Server, port: number): Promise<number> {
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
