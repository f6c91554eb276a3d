/** Heavy work in a process of its own, of the lowest priority: beside the pages, which nobody is to wait for meanwhile, and gone when it is done. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { Scope } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import type { PackResult } from "../evidence/pack.ts";
import type { EvidenceParams } from "../evidence/params.ts";
import { PROJECT_ROOT } from "./home.ts";

/** Where the process finds the pipe for the bytes that it makes. */
export const BYTES_FD = 4;

/**
 * Memory for what was made last, in megabytes: four times what Node gives. Most of what such work makes is soon rubbish, and with
 * less it is copied before it is: to work reports out took 260 s of the processors with Node's 16, and 180 with 64.
 */
const YOUNG_MB = 64;

/** Of what it said the end, for the log. */
const SAID_CHARACTERS = 4_000;

/** What can be done so: what each task is given, anything that can be cloned, and what it gives. */
export interface ApartTasks {
  /** The reports of a large workspace. Gives how many were kept. */
  reports: { input: Scope; result: number };
  /** All read models anew. Gives the number of subjects. */
  rebuild: { input: Scope & { by: Caller }; result: number };
  /** A pack, as bytes. */
  evidence: { input: Scope & { params: EvidenceParams }; result: PackResult };
}

/** What the process tells, each as one message. */
export type ApartMessage =
  | { progress: { done: number; all?: number } }
  | { result: unknown }
  /** A sentence for the person whose work it was. */
  | { problem: string };

/** The work can't be done, for a reason that a person can act on; the message is for them. */
export class ApartProblem extends Error {
  override name = "ApartProblem";
}

export interface ApartOptions {
  /** Beside this process's own environment. */
  env?: Record<string, string>;
  onProgress?: ((done: number, all?: number) => void) | undefined;
  /** Kills it. */
  stop?: AbortSignal;
  /** What takes the bytes that it makes; ended when all are there, destroyed when the work fails. */
  target?: Writable;
}

/** Gives way to everything else. A process that has ended by now needs nothing of it. */
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    if ((error as { info?: { code?: string } }).info?.code !== "ESRCH") throw error;
  }
}

/**
 * Runs a task of `rollcall apart` (lib/cli/apart.ts) to its end. It ends with this process, however that ends.
 * @returns what the task gives; undefined where `stop` ended it.
 * @throws {ApartProblem}; for what nobody foresaw an error with the end of what the process said; what the target threw.
 */
export async function runApart<T extends keyof ApartTasks>(
  task: T,
  input: ApartTasks[T]["input"],
  { env = {}, onProgress, stop, target }: ApartOptions = {},
): Promise<ApartTasks[T]["result"] | undefined> {
  type Result = ApartTasks[T]["result"];
  const child = spawn(
    process.execPath,
    [
      `--max-semi-space-size=${YOUNG_MB}`,
      join(process.env.ROLLCALL_ROOT ?? PROJECT_ROOT, "lib/cli/start.mjs"),
      "rollcall",
      "apart",
      task,
    ],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe", "ipc", target === undefined ? "ignore" : "pipe"],
      serialization: "advanced",
    },
  );
  // Where it could not be begun at all, that is told by `closed`, whoever waits for what meanwhile.
  const closed = once(child, "close");
  closed.catch(() => {});
  child.on("error", () => {});
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-SAID_CHARACTERS);
  });
  let problem: string | null = null;
  let result: { value: Result } | null = null;
  child.on("message", (message: ApartMessage) => {
    if ("progress" in message) onProgress?.(message.progress.done, message.progress.all);
    else if ("problem" in message) problem = message.problem;
    else result = { value: message.result as Result };
  });
  const end = () => child.kill("SIGKILL");
  const ended = () => stop?.aborted === true;
  if (ended()) end();
  stop?.addEventListener("abort", end);
  try {
    lower(child.pid);
    child.send({ input }, () => {});
    // The bytes may end because the process has died: whether they are all of it is known by its result.
    if (target !== undefined) await pipeline(child.stdio[BYTES_FD] as Readable, target, { end: false });
    await closed;
    if (problem !== null) throw new ApartProblem(problem);
    if (result === null && !ended()) throw new Error(`The process of "${task}" failed:\n${said}`);
    if (result !== null && target !== undefined) {
      target.end();
      await finished(target);
    }
    return (result as { value: Result } | null)?.value;
  } catch (error) {
    end();
    await closed.catch(() => {});
    target?.destroy(error instanceof Error ? error : undefined);
    throw error;
  } finally {
    stop?.removeEventListener("abort", end);
  }
}
