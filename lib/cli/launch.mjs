/** Installs what is missing, then runs the TypeScript behind it; plain Node, since at first nothing is installed. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { keptScript } from "../runtime/kept-script.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = new URL("./main.ts", import.meta.url);
const TESTS = new URL("../runtime/testing/run.ts", import.meta.url);
const CHECKS = ["lint", "types", "dead", "imports"];

/** @param {string[]} args demo, start, test, check or rollcall, with its own arguments behind it. */
export async function launch([what, ...args]) {
  const onlyOwnOutput = what === "rollcall";
  if (!installed() && !(await install(onlyOwnOutput))) {
    process.exitCode = 1;
    return;
  }
  switch (what) {
    case "demo":
      return runTypeScript(MAIN, ["demo", ...args]);
    case "start":
      // Many requests at once leave much behind that has just grown old: collected somewhat sooner than usual, the pages need less
      // memory. Sooner still, and they need a tenth less, but they answer later.
      setFlagsFromString("--heap-growing-percent=100");
      // Threads that help to collect what is young wait for a processor where there are two, and all wait for them: without, the same
      // requests take a twentieth less of the processors, and the slowest of them a tenth less time.
      if (availableParallelism() <= 2) setFlagsFromString("--no-parallel-scavenge");
      return runTypeScript(MAIN, ["serve", ...args]);
    case "rollcall":
      // A command that goes through a large file leaves garbage behind faster than it is asked for: collected somewhat sooner than
      // usual, the same work needs less memory. Sooner still, and it takes a fifth longer.
      setFlagsFromString("--heap-growing-percent=100");
      return runTypeScript(MAIN, args);
    case "test":
      return runTypeScript(TESTS, args);
    case "check":
      return runChecks();
    default:
      console.error("Usage: node lib/cli/start.mjs demo|start|test|check|rollcall …");
      process.exitCode = 2;
  }
}

/** Whether node_modules holds what package-lock.json asks for; npm writes its own list there when all is in place. */
function installed() {
  const read = (path) => JSON.parse(readFileSync(new URL(path, pathToFileURL(`${ROOT}/`)), "utf8")).packages;
  let there;
  try {
    there = read("node_modules/.package-lock.json");
  } catch {
    return false;
  }
  return Object.entries(read("package-lock.json")).every(([path, wanted]) => {
    if (path === "") return true;
    // Packages for other platforms are left out by npm.
    if (!there[path]) return Boolean(wanted.optional || wanted.devOptional);
    return there[path].version === wanted.version;
  });
}

/** @returns {Promise<boolean>} whether it worked. */
async function install(quiet) {
  console.error("Installing the packages that Rollcall needs (once for each version) …");
  const code = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"], quiet ? 2 : "inherit");
  if (code !== 0) console.error("npm ci could not install the packages; its message above says why.");
  return code === 0;
}

/**
 * In this very process, so that signals and the exit code need no passing on. All of our files as one script, kept until one of
 * them changes: it starts sooner and in two thirds of the memory that a loader takes which reads them one by one.
 */
async function runTypeScript(file, args) {
  const path = fileURLToPath(file);
  process.argv = [process.execPath, path, ...args];
  const script = await keptScript(ROOT, `${basename(path, ".ts")}.mjs`, async () => {
    // Not before its packages are there.
    const { bundle } = await import("./bundle.mjs");
    return bundle(path);
  });
  if (script !== null) return import(pathToFileURL(script).href);
  // Where nothing may be written.
  const { register } = await import("tsx/esm/api");
  register();
  return import(file.href);
}

/** All checks run, also after one has failed. */
async function runChecks() {
  const failed = [];
  for (const name of CHECKS) {
    console.error(`\n${name}`);
    if ((await npm(["run", "-s", name], "inherit")) !== 0) failed.push(name);
  }
  console.error(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/**
 * Runs npm, the very one that started this where one did.
 * @param stdout where its output goes: "inherit", or the number of a stream.
 * @returns {Promise<number>} its exit code.
 */
function npm(args, stdout) {
  const own = process.env.npm_execpath;
  const options = {
    cwd: ROOT,
    stdio: ["ignore", stdout, "inherit"],
    shell: !own && process.platform === "win32",
  };
  return new Promise((resolve, reject) => {
    const child = own ? spawn(process.execPath, [own, ...args], options) : spawn("npm", args, options);
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
