/** Starts Rollcall with the sample company as a person would, for all tests in the browser. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const START = fileURLToPath(new URL("../lib/cli/start.mjs", import.meta.url));
const ADDRESS = /http:\/\/localhost:\d+\/open\/\S+/u;
/** Building and loading on a slow machine. */
const START_MS = 10 * 60_000;

export interface RunningServer {
  /** Its ROLLCALL_HOME: commands with the same one use its database. */
  home: string;
  /** The address that it printed. */
  address: string;
  stop: () => Promise<void>;
}

/** Starts `npm run demo` or `npm start` on a home of its own, and waits for the address. */
export async function startServer(
  what: "demo" | "start",
  { port = 0, env: more = {} }: { port?: number; env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-e2e-"));
  const home = join(folder, "home");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // Failures only: a line a request would drown what the tests say.
    ROLLCALL_LOG: "text",
    // One client does in a minute what many people do in a day.
    ROLLCALL_RATE_SIGN_IN: "1000",
    ROLLCALL_RATE_WRITES: "10000",
    ROLLCALL_RATE_READS: "100000",
    ...more,
    ROLLCALL_HOME: home,
  };
  // Always a database of its own, or one that the test has made for it: these tests change it.
  if (more.DATABASE_URL === undefined) delete env.DATABASE_URL;
  const server = spawn(process.execPath, [START, what, "--port", `${port}`], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("Rollcall did not start in ten minutes.")), START_MS);
      let output = "";
      server.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const found = ADDRESS.exec(output)?.[0];
        if (found) resolve(found);
      });
      server.once("close", (code) => reject(new Error(`Rollcall ended with ${code} instead of starting.`)));
      server.once("close", () => clearTimeout(late));
    });
    return { address, home: join(folder, "home"), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server with the sample company that all tests share. @returns what stops it again. */
export default async function start(): Promise<() => Promise<void>> {
  const { address, home, stop } = await startServer("demo");
  process.env.ROLLCALL_E2E_HOME = home;
  process.env.ROLLCALL_E2E_ADDRESS = address;
  const { sessionOf } = await import("./sign-in.ts");
  process.env.ROLLCALL_E2E_SESSION = await sessionOf(address);
  return stop;
}
