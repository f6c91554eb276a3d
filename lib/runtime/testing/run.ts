/**
 * All tests: unit and database tests, then the ones in a browser, with one line at the end that counts them all. The statements
 * that the product sent meanwhile are judged: each asks for one workspace, or says why not (one-workspace/judge.ts).
 */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ensureBuilt } from "../build.ts";
import { PROJECT_ROOT } from "../home.ts";
import { RuntimeProblem } from "../problem.ts";
import { judgeRun } from "./one-workspace/run.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const VitestReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  .transform(
    (all): Counts => ({
      passed: all.numPassedTests,
      failed: all.numFailedTests,
      skipped: all.numPendingTests + all.numTodoTests,
    }),
  );
const PlaywrightReport = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  })
  // A test that passes at the second try only has failed once too often.
  .transform(
    ({ stats }): Counts => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  );

const programs = createRequire(import.meta.url);
const programOf = (name: string, file: string) =>
  join(dirname(programs.resolve(`${name}/package.json`)), file);

/** Runs a test program with a report in JSON. A run that failed without saying which test counts as one failure. */
async function run(
  args: string[],
  env: Record<string, string>,
  report: string,
  shape: z.ZodType<Counts>,
): Promise<Counts> {
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_ROOT,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve(exitCode ?? 1));
  });
  const text = await readFile(report, "utf8").catch(() => null);
  const counts = text === null ? { passed: 0, failed: 0, skipped: 0 } : shape.parse(JSON.parse(text));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unitTests(folder: string, filters: string[]): Promise<Counts> {
  const report = join(folder, "vitest.json");
  const config = join("lib", "runtime", "testing", "vitest.config.ts");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${report}`];
  return run(
    [programOf("vitest", "vitest.mjs"), "run", "--config", config, ...reporters, ...filters],
    {},
    report,
    VitestReport,
  );
}

async function browserTests(folder: string, filters: string[]): Promise<Counts> {
  await ensureBuilt((text) => console.log(text));
  const report = join(folder, "playwright.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ["test", "--config", "e2e", "--reporter=list,json", ...filters];
  return run([programOf("playwright", "cli.js"), ...args], env, report, PlaywrightReport);
}

/** A test of its own: it fails once for each statement that may need more than one workspace. */
async function statementsTest(folder: string): Promise<Counts> {
  const { judged, marked, faults } = await judgeRun(folder);
  for (const fault of faults) console.error(`\n${fault}`);
  console.log(`\n${judged} statements judged, ${marked} of them for all workspaces, ${faults.length} wrong`);
  return { passed: judged > 0 && faults.length === 0 ? 1 : 0, failed: faults.length, skipped: 0 };
}

/** With files named, only the kind they belong to runs: those below e2e/ in the browser. */
async function main(filters: string[]): Promise<void> {
  const inBrowser = filters.filter((filter) => filter.startsWith("e2e"));
  const others = filters.filter((filter) => !filter.startsWith("e2e"));
  const folder = await mkdtemp(join(tmpdir(), "rollcall-tests-"));
  const statements = join(folder, "statements");
  await mkdir(statements);
  // All processes of the tests note there what they send.
  process.env.ROLLCALL_TEST_STATEMENTS = statements;
  const all: Counts[] = [];
  try {
    if (filters.length === 0 || others.length > 0) all.push(await unitTests(folder, others));
    if (filters.length === 0 || inBrowser.length > 0) {
      all.push(
        await browserTests(folder, inBrowser).catch((error: unknown) => {
          if (!(error instanceof RuntimeProblem)) throw error;
          console.error(error.message);
          return { passed: 0, failed: 1, skipped: 0 };
        }),
      );
    }
    all.push(await statementsTest(statements));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  // Nothing tested is no success.
  if (sum("failed") > 0 || sum("passed") === 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
