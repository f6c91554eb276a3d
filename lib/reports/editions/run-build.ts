/** Starts the process that works reports out: beside the pages, which nobody is to wait for meanwhile, and gone when it is done. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Access, Db } from "../../../db/client.ts";
import { alone } from "../../runtime/alone.ts";
import { PROJECT_ROOT } from "../../runtime/home.ts";
import { accessToEnv } from "../../runtime/web.ts";

/** Name of the lock of whoever works a workspace's reports out. */
export const buildLock = (workspace: string): string => `rollcall reports ${workspace}`;

/** Of what it said the end, for the log. */
const SAID_CHARACTERS = 4_000;

export interface BuildContext {
  db: Db;
  workspace: string;
  /** How the process comes in: it sees the workspace, and owns nothing. */
  access: Access;
  stop: AbortSignal;
}

/** Runs it to its end. @throws what it said, when it failed. */
async function run({ workspace, access, stop }: BuildContext): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      join(process.env.ROLLCALL_ROOT ?? PROJECT_ROOT, "lib/cli/start.mjs"),
      "rollcall",
      "keep-reports",
      "--wished",
    ],
    {
      env: { ...process.env, ...accessToEnv(access), ROLLCALL_WORKSPACE: workspace },
      // It ends when the channel does: with this process, however that ends.
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-SAID_CHARACTERS);
  });
  const end = () => child.kill("SIGKILL");
  stop.addEventListener("abort", end);
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const [code] = await once(child, "close");
    if (code !== 0 && !stop.aborted) throw new Error(`The process that works reports out failed:\n${said}`);
  } finally {
    stop.removeEventListener("abort", end);
  }
}

/**
 * Works out what is wished for in a workspace, one process at a time.
 * @returns how many seconds it took; null when another process is at it.
 */
export async function runBuild(context: BuildContext): Promise<number | null> {
  const began = performance.now();
  const done = await alone(context.db, buildLock(context.workspace), async () => {
    await run(context);
    return true;
  });
  return done === null ? null : Math.round((performance.now() - began) / 1000);
}
