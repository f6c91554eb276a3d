/** Runs targets for a number of cases each, all from one seed. */
import { inspect } from "node:util";
import { Random } from "../sample/random.ts";
import type { Case, Target } from "./target.ts";

interface Finding {
  target: string;
  /** Number of the case; with the seed it gives the same input again. */
  case: number;
  /** The input, as text. */
  input: string;
  error: string;
}

export interface TargetResult {
  target: string;
  cases: number;
  seconds: number;
  /** The case that took longest. */
  slowest: { case: number; ms: number };
  findings: Finding[];
}

export interface FuzzOptions {
  seed: number;
  /** How many of each target, from the case `first` on. */
  cases: number;
  first?: number;
  onProgress?: (target: string, done: number) => void;
}

/** Longer inputs are told by their beginning: the seed and the number bring them back. */
const SHOWN = 4_000;
/** After so many a target is given up: they are most often one fault. */
const MAX_FINDINGS = 20;
const PROGRESS_EVERY = 1_000;

function shown(input: unknown): string {
  const text = Buffer.isBuffer(input)
    ? `base64 ${input.toString("base64")}`
    : typeof input === "string"
      ? input
      : (JSON.stringify(input, (_key, value: unknown) =>
          typeof value === "object" &&
          value !== null &&
          "type" in value &&
          value.type === "Buffer" &&
          "data" in value
            ? `base64 ${Buffer.from(value.data as number[]).toString("base64")}`
            : value,
        ) ?? String(input));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

async function errorOf(one: Case): Promise<string | null> {
  try {
    await one.run();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  }
}

async function runTarget(target: Target, options: FuzzOptions): Promise<TargetResult> {
  const { seed, cases, first = 0, onProgress } = options;
  const findings: Finding[] = [];
  const started = performance.now();
  const slowest = { case: first, ms: 0 };
  let done = 0;
  const found = (number: number, input: unknown, error: string) =>
    findings.push({ target: target.name, case: number, input: shown(input), error });
  for (; done < cases && findings.length < MAX_FINDINGS; done++) {
    const number = first + done;
    const one = target.next(new Random(seed, `${target.name} ${number}`));
    const begun = performance.now();
    const error = await errorOf(one);
    const ms = performance.now() - begun;
    if (ms > slowest.ms) Object.assign(slowest, { case: number, ms: Math.round(ms) });
    if (error !== null) found(number, one.input, error);
    if (done % PROGRESS_EVERY === 0) onProgress?.(target.name, done);
  }
  if (target.end !== undefined) {
    const error = await errorOf({ input: null, run: () => target.end?.() });
    if (error !== null) found(first + done, "what has to hold after all cases", error);
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  return { target: target.name, cases: done, seconds, slowest, findings };
}

/** Nothing a case does ends the run; what went wrong is in the findings. */
export async function fuzz(targets: readonly Target[], options: FuzzOptions): Promise<TargetResult[]> {
  const results: TargetResult[] = [];
  for (const target of targets) results.push(await runTarget(target, options));
  return results;
}
