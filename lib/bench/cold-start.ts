/** How long whoever starts Rollcall waits for its first page: pages built, database running. */
import { ask, jsonOf } from "../load/client.ts";
import type { Say } from "./database.ts";
import { firstPagePath, type WebHome, withWeb } from "./served.ts";

/** Of one start; seconds since its process was started. */
export interface ColdStart {
  /** Until it answers requests. */
  answers: number;
  /** Until the last byte of its first page, the overview, of somebody who is signed in. */
  page: number;
  /** Until the last byte of a first report's data, asked for after that page. */
  report: number;
  /** Of these, what the page alone took. */
  pageAlone: number;
}

export interface ColdStarts {
  each: ColdStart[];
  median: ColdStart;
  longest: ColdStart;
}

const REPORT = firstPagePath("offboarding");

async function startOnce(at: WebHome, session: string): Promise<ColdStart> {
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  // As `npm start` has it: with a worker in it.
  return withWeb(at, { ROLLCALL_WORKER: "" }, async ({ origin }) => {
    const answers = since();
    const { status } = await ask(origin, session, "/");
    if (status !== 200) throw new Error(`The first page was answered with ${status}.`);
    const page = since();
    jsonOf(await ask(origin, session, REPORT));
    return { answers, page, report: since(), pageAlone: page - answers };
  });
}

/** By each of the times alone: the median start, or the longest. */
function summary(each: readonly ColdStart[], pick: (sorted: readonly number[]) => number): ColdStart {
  const of = (key: keyof ColdStart) => pick(each.map((start) => start[key]).toSorted((a, b) => a - b));
  return { answers: of("answers"), page: of("page"), report: of("report"), pageAlone: of("pageAlone") };
}

/**
 * Starts a web process so many times, one after the other, and asks it for its first page.
 * @param session of somebody who is signed in. @param starts an odd number, 1 or more.
 */
export async function coldStarts(
  at: WebHome,
  session: string,
  starts: number,
  say: Say,
): Promise<ColdStarts> {
  const each: ColdStart[] = [];
  for (let start = 1; start <= starts; start++) {
    say(`Start ${start} of ${starts} …`);
    each.push(await startOnce(at, session));
  }
  return {
    each,
    median: summary(each, (sorted) => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    longest: summary(each, (sorted) => sorted.at(-1) ?? Number.NaN),
  };
}
