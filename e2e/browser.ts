/** A Chromium to test with, wherever one can be had without asking the person to install anything. */
import { spawn } from "node:child_process";
import { access, constants, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "playwright";

export interface Browser {
  executablePath: string;
  args: string[];
}

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];

function usualPlaces(): string[] {
  const { env, platform } = process;
  if (platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
      (root) => root !== undefined,
    );
    const programs = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    return roots.flatMap((root) => programs.map((program) => join(root, program)));
  }
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const runs = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function firstThatRuns(paths: string[]): Promise<string | null> {
  for (const path of paths) if (await runs(path)) return path;
  return null;
}

/** The exit code of a program; null when it can't be run at all. */
function exitCode(file: string, args: string[], stdio: "ignore" | "inherit"): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio });
    child.on("error", () => resolve(null));
    child.on("close", resolve);
  });
}

/** A browser inside an npm package, for machines that may download packages and nothing else. */
async function fromPackage(): Promise<string | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const { default: shipped } = await import("@sparticuz/chromium");
  const path = await shipped.executablePath();
  if ((await exitCode(path, ["--version"], "ignore")) === 0) return path;
  // Unpacking was cut off once: the package takes what lies there for good.
  await rm(path, { force: true });
  const again = await shipped.executablePath();
  return (await exitCode(again, ["--version"], "ignore")) === 0 ? again : null;
}

async function download(): Promise<string> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright/package.json")), "cli.js");
  const code = await exitCode(process.execPath, [cli, "install", "chromium"], "inherit");
  if (code === 0) return chromium.executablePath();
  throw new Error(
    "No browser was found and none could be downloaded. Install Chrome, or set CHROME_PATH to one.",
  );
}

/**
 * The browser of CHROME_PATH, one of this machine, one of an npm package, or one that Playwright downloads now.
 * @throws when there is none.
 */
export async function findBrowser(): Promise<Browser> {
  const set = process.env.CHROME_PATH;
  if (set && !(await runs(set))) throw new Error(`CHROME_PATH names ${set}, which is no program that runs.`);
  const executablePath =
    set ||
    (await firstThatRuns([...usualPlaces(), chromium.executablePath()])) ||
    (await fromPackage()) ||
    (await download());
  // Drawn by the processor either way: without a pretended graphics card it takes less of it.
  const args = ["--disable-background-networking", "--disable-gpu"];
  // Chromium's sandbox refuses root, and containers seldom allow it.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return { executablePath, args };
}
