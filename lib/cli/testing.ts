/** The command line in a process of its own, for tests. */
import { type ChildProcess, spawn } from "node:child_process";

/** All of the command line as one script, made once for all tests (lib/runtime/testing/global-setup.ts). */
function rollcallScript(): string {
  const script = process.env.ROLLCALL_TEST_SCRIPT;
  if (!script) throw new Error("The script of the command line was not made.");
  return script;
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

interface Call {
  /** Variables that differ from this process's. */
  env?: Record<string, string>;
  /** What stands on its standard input. */
  input?: string | Buffer;
  /** Options of Node's. */
  node?: readonly string[];
}

/** Starts `rollcall` with these arguments. */
export function startRollcall(
  args: readonly string[],
  { env = {}, input = "", node = [] }: Call = {},
): Running {
  const child = spawn(process.execPath, [...node, rollcallScript(), ...args], {
    env: { ...process.env, ...env },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  child.stdin.on("error", () => {}).end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

/** Runs `rollcall` to its end. */
export const runRollcall = (args: readonly string[], call?: Call): Promise<Ended> =>
  startRollcall(args, call).ended;
