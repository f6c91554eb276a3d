/** Commands as people start them, in a process of their own: what is measured is the command, and nothing of the benchmark. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Home, PROJECT_ROOT } from "../runtime/home.ts";

/** Loaded before the command: tells at its end the largest that the process was, all of its threads included. */
const TELL_PEAK = `
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));`;

/** What a command gave, and the largest that its process was. */
export interface CommandRun<T> {
  result: T;
  /** From its start to its end. */
  seconds: number;
  memoryPeakMb: number;
}

/**
 * Runs `rollcall … --json`.
 * @param url of the database, as its owner. @param env settings of it alone.
 * @throws what the command said, when it failed.
 */
export async function runCommand<T>(
  home: Home,
  url: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandRun<T>> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`,
      join(PROJECT_ROOT, "lib/cli/start.mjs"),
      "rollcall",
      ...args,
      "--json",
    ],
    {
      env: { ...process.env, ...env, DATABASE_URL: url, ROLLCALL_HOME: home.root },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  // Its standard output, what it says meanwhile, and the peak.
  const streams = child.stdio.slice(1, 4) as NodeJS.ReadableStream[];
  const [[output, said, kilobytes], code] = await Promise.all([
    Promise.all(streams.map((stream) => text(stream))),
    ended,
  ]);
  if (code !== 0) throw new Error(`rollcall ${args[0]} failed:\n${said}`);
  return {
    result: JSON.parse(output ?? "") as T,
    seconds: (performance.now() - started) / 1000,
    memoryPeakMb: Math.round(Number(kilobytes) / 1024),
  };
}
