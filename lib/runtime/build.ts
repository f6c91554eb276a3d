/** The web application, built when its sources have changed since the last time. */
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check, lock } from "proper-lockfile";
import { PROJECT_ROOT } from "./home.ts";
import { RuntimeProblem } from "./problem.ts";
import { sourceHash } from "./sources.mjs";

/** A build of this folder that another process has begun is waited for this long. */
const WAIT_MS = 5 * 60_000;
const ASK_MS = 1_000;
/** One that has not been heard of for so long is dead. */
const DEAD_MS = 10_000;
const LAST_LINES = 30;

/** Builds unless the last build is of these very sources. @throws RuntimeProblem when it fails. */
export async function ensureBuilt(say: (text: string) => void, root = PROJECT_ROOT): Promise<void> {
  const stamp = join(root, ".next", "rollcall-sources");
  const current = async (hash: string) =>
    (await readFile(join(root, ".next", "BUILD_ID"), "utf8").catch(() => "")) !== "" &&
    (await readFile(stamp, "utf8").catch(() => "")) === hash;
  const hash = sourceHash(root);
  if (await current(hash)) return;
  const release = await lockBuild(root, say);
  try {
    // By another process, meanwhile.
    if (await current(hash)) return;
    say("Building the pages (about a minute, once for each version) …");
    const { code, output } = await nextBuild(root, say);
    if (code !== 0) {
      const last = output.trim().split("\n").slice(-LAST_LINES).join("\n");
      throw new RuntimeProblem("build-failed", `The pages could not be built. Next.js said:\n${last}`);
    }
    await writeFile(stamp, hash);
  } finally {
    await release();
  }
}

/** Lets one process at a time build in a folder: one that began while another ended would take away what that one has built. */
async function lockBuild(root: string, say: (text: string) => void): Promise<() => Promise<void>> {
  const folder = join(root, "node_modules", ".cache", "rollcall");
  const own = { lockfilePath: join(folder, "build.lock"), stale: DEAD_MS };
  await mkdir(folder, { recursive: true });
  if (await check(root, own)) say("Another process is building the pages …");
  try {
    return await lock(root, {
      ...own,
      retries: { retries: WAIT_MS / ASK_MS, minTimeout: ASK_MS, maxTimeout: ASK_MS, factor: 1 },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new RuntimeProblem(
      "build-failed",
      "Another process has been building the pages for five minutes, and has not come to an end.",
    );
  }
}

function nextBuild(root: string, say: (text: string) => void): Promise<{ code: number; output: string }> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const started = Date.now();
  const ticking = setInterval(
    () => say(`Building … ${Math.round((Date.now() - started) / 1_000)} s`),
    10_000,
  );
  const ended = new Promise<{ code: number; output: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const abandon = () => child.kill();
    process.once("exit", abandon);
    child.on("error", reject);
    child.on("close", (code) => {
      process.removeListener("exit", abandon);
      resolve({ code: code ?? 1, output });
    });
  });
  return ended.finally(() => clearInterval(ticking));
}
