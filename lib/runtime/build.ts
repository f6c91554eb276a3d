/** The web application, built when its sources have changed since the last time. */
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PROJECT_ROOT } from "./home.ts";
import { RuntimeProblem } from "./problem.ts";
import { sourceHash } from "./sources.mjs";

/** A build of this folder that another process has begun is waited for this long. */
const WAIT_MS = 5 * 60_000;
const LAST_LINES = 30;

/** Builds unless the last build is of these very sources. @throws RuntimeProblem when it fails. */
export async function ensureBuilt(say: (text: string) => void, root = PROJECT_ROOT): Promise<void> {
  const stamp = join(root, ".next", "rollcall-sources");
  const current = async (hash: string) =>
    (await readFile(join(root, ".next", "BUILD_ID"), "utf8").catch(() => "")) !== "" &&
    (await readFile(stamp, "utf8").catch(() => "")) === hash;
  const hash = sourceHash(root);
  if (await current(hash)) return;
  say("Building the pages (about a minute, once for each version) …");
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const { code, output } = await nextBuild(root, say);
    if (code === 0) break;
    const waits = /Another next build process is already running/u.test(output) && Date.now() < end;
    if (!waits) {
      const last = output.trim().split("\n").slice(-LAST_LINES).join("\n");
      throw new RuntimeProblem("build-failed", `The pages could not be built. Next.js said:\n${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (await current(hash)) return;
  }
  await writeFile(stamp, hash);
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
