/** The command line, beside the server under test. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const START = fileURLToPath(new URL("../lib/cli/start.mjs", import.meta.url));

/** Runs a command of Rollcall in the home of the server under test. @returns its standard output. */
export function rollcall(args: string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const home = process.env.ROLLCALL_E2E_HOME ?? "";
    const child = spawn(process.execPath, [START, "rollcall", ...args], {
      env: { ...process.env, ROLLCALL_HOME: home, DATABASE_URL: "", ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(out) : reject(new Error(`rollcall ${args.join(" ")}: ${code}`)),
    );
  });
}
