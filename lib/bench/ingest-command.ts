/** The ingest as people start it, in a process of its own: what is measured is the ingest, and nothing of the benchmark. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { IngestResult } from "../reports/contract.ts";
import { type Home, PROJECT_ROOT } from "../runtime/home.ts";

/** Loaded before the command: tells at its end the largest that the process was, all of its threads included. */
const TELL_PEAK = `
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));`;

/**
 * Runs `rollcall ingest`.
 * @param url of the database, as its owner.
 * @throws what the command said, when it failed.
 */
export async function ingestByCommand(
  home: Home,
  url: string,
  file: string,
): Promise<{ seconds: number; memoryPeakMb: number }> {
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`,
      join(PROJECT_ROOT, "lib/cli/start.mjs"),
      "rollcall",
      "ingest",
      file,
      "--json",
    ],
    {
      env: { ...process.env, DATABASE_URL: url, ROLLCALL_HOME: home.root },
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
  if (code !== 0) throw new Error(`The ingest failed:\n${said}`);
  const { seconds } = JSON.parse(output ?? "") as IngestResult;
  return { seconds, memoryPeakMb: Math.round(Number(kilobytes) / 1024) };
}
