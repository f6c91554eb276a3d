/** Runs a program to its end. */
import { spawn } from "node:child_process";

export interface Call {
  file: string;
  args: string[];
  cwd: string;
  /** As root: the user and group to run as. */
  uid?: number;
  gid?: number;
}

/**
 * @returns the exit code and everything printed, both streams together.
 * @throws when the program can't be started.
 */
export function run(call: Call): Promise<{ code: number; output: string }> {
  const { file, args, ...where } = call;
  return new Promise((resolve, reject) => {
    // Messages are told apart by their text: always in English.
    const env = { ...process.env, LC_ALL: "C" };
    const child = spawn(file, args, { ...where, env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
