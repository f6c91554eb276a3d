/** Pages' data and searches as people get them: from a web process of its own, over HTTP. */
import { ask, jsonOf, sessionOf } from "../load/client.ts";
import { RATES } from "../load/installation.ts";
import { type RollcallProcess, startProcess } from "../load/processes.ts";
import type { ReportName } from "../reports/contract.ts";
import { REPORT_NAMES } from "../reports/run.ts";
import type { Home } from "../runtime/home.ts";
import type { Say } from "./database.ts";
import { type Times, timesOf } from "./measure.ts";
import { type SearchText, type SearchTimes, searchTimes } from "./searches.ts";

export interface Served {
  /** Each report's first page, from the request to the answer's last byte. */
  pages: Record<ReportName, Times>;
  /** The search, the same way. */
  searches: SearchTimes[];
  /** Megabytes that the web process holds when all of these pages have been asked for; null where the system does not tell. */
  memoryMb: number | null;
}

/** Where a web process finds its database and its secrets. */
export interface WebHome {
  home: Home;
  /** Of the database, as its owner. */
  url: string;
}

export const FIRST_ROWS = 50;

export const firstPagePath = (name: ReportName): string => `/api/v1/reports/${name}?limit=${FIRST_ROWS}`;

/**
 * A web process as people start it, for `work`; ended afterwards.
 * @param env settings of it alone.
 */
export async function withWeb<T>(
  { home, url }: WebHome,
  env: Readonly<Record<string, string>>,
  work: (web: RollcallProcess) => Promise<T>,
): Promise<T> {
  const web = await startProcess("web", { ...RATES, ...env, DATABASE_URL: url, ROLLCALL_HOME: home.root });
  try {
    return await work(web);
  } finally {
    web.signal("SIGTERM");
    await web.ended;
  }
}

/**
 * Measures first pages and searches. Without a worker: what nobody is waiting for is done by nobody meanwhile.
 * @param runs of each page, of each search.
 * @returns beside the times a session, for whoever comes next.
 */
export function measureServed(
  at: WebHome,
  texts: readonly SearchText[],
  runs: { pages: number; searches: number },
  say: Say,
): Promise<{ served: Served; session: string }> {
  return withWeb(at, { ROLLCALL_WORKER: "off" }, async ({ origin, link, memory }) => {
    const session = await sessionOf(link);
    const get = async <T>(path: string) => jsonOf<T>(await ask(origin, session, path));
    say("First pages, over HTTP …");
    // What is read or worked out for the first time is no page's: all have been asked for before the first one is measured.
    for (const name of REPORT_NAMES) await get(firstPagePath(name));
    const pages = {} as Served["pages"];
    for (const name of REPORT_NAMES) pages[name] = await timesOf(runs.pages, () => get(firstPagePath(name)));
    const memoryMb = await memory();
    say("Searches, over HTTP …");
    const find = (text: string) => get<unknown[]>(`/api/v1/search?q=${encodeURIComponent(text)}`);
    const searches = await searchTimes(texts, runs.searches, find);
    return {
      served: { pages, searches, memoryMb: memoryMb === null ? null : Math.round(memoryMb) },
      session,
    };
  });
}
