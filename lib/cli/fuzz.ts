/** rollcall fuzz */
import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import type { TargetResult } from "../fuzz/run.ts";
import { UsageProblem } from "./context.ts";
import { printJson, progress, say } from "./output.ts";

interface Options {
  cases: number;
  first: number;
  seed?: number;
  target?: string;
  url?: string;
  json?: boolean;
}

const DEFAULT_CASES = 100_000;

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} on.`);
  };
}

function urlOf(text: string): URL {
  const url = URL.parse?.(text) ?? (/^http:\/\//u.test(text) ? new URL(text) : null);
  if (url?.protocol === "http:") return url;
  throw new UsageProblem(
    `--url takes the address of a running server, like http://localhost:3000, not "${text}".`,
  );
}

function table(results: readonly TargetResult[]): string {
  const rows = new Table({
    head: ["target", "cases", "seconds", "slowest, ms", "findings"],
    style: { head: [], border: [] },
  });
  for (const { target, cases, seconds, slowest, findings } of results) {
    rows.push([target, cases.toLocaleString("en-GB"), Math.round(seconds), slowest.ms, findings.length]);
  }
  return rows.toString();
}

async function run({
  cases,
  first,
  seed = Date.now() % 1_000_000_000,
  target,
  url,
  json,
}: Options): Promise<void> {
  // Only here: no other command needs what it brings along.
  const { fuzz } = await import("../fuzz/run.ts");
  const { TARGET_NAMES, withTargets } = await import("../fuzz/targets.ts");
  if (target !== undefined && !TARGET_NAMES.includes(target)) {
    throw new UsageProblem(`There is no target "${target}": ${TARGET_NAMES.join(", ")}.`);
  }
  if (target === "http" && url === undefined)
    throw new UsageProblem("The target http needs the server's --url.");
  say(`Seed ${seed}.`);
  const wanted = { name: target ?? null, url: url === undefined ? null : urlOf(url) };
  const results = await withTargets(wanted, process.env.ROLLCALL_FUZZ_TOKEN, async (targets) => {
    const all: TargetResult[] = [];
    for (const one of targets) {
      const bar = progress(one.name);
      try {
        const onProgress = (_name: string, done: number) => bar.update(done / cases, `${done} cases`);
        all.push(...(await fuzz([one], { seed, cases, first, onProgress })));
      } finally {
        bar.stop();
      }
    }
    return all;
  });
  const findings = results.flatMap((result) => result.findings);
  if (json) printJson({ seed, results });
  else {
    process.stdout.write(`${table(results)}\n`);
    for (const found of findings) {
      process.stdout.write(
        `\n${found.target}, case ${found.case}: ${found.error}\n${found.input}\nAgain: fuzz --seed ${seed} --target ${found.target} --first ${found.case} --cases 1\n`,
      );
    }
  }
  if (findings.length > 0) process.exitCode = 1;
}

export function addFuzz(program: Command): void {
  program
    .command("fuzz")
    .description(
      "give damaged and hostile input to adapters, layers of the ingest, the log and a running server",
    )
    .option(
      "--cases <n>",
      `cases of each target (default: ${DEFAULT_CASES.toLocaleString("en-GB")})`,
      wholeFrom(1),
      DEFAULT_CASES,
    )
    .option("--first <n>", "number of the first case", wholeFrom(0), 0)
    .option("--seed <n>", "the same seed gives the same cases (default: another each time)", wholeFrom(0))
    .option("--target <name>", "only this target (default: all; http with --url alone)")
    .option("--url <address>", "target http: a running server, whose data may be spoiled")
    .option("--json", "print the result as JSON")
    .action(run);
}
