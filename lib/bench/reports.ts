/** Each report's first page and the report worked out anew, in this process: beside `select 1`, a tenth of the events, and DuckDB. */
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import type { ReportName } from "../reports/contract.ts";
import { isLarge } from "../reports/editions/large.ts";
import { reportPage } from "../reports/page.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import type { Say } from "./database.ts";
import type { Duck } from "./duckdb.ts";
import { type Times, timesInTurn, timesOf } from "./measure.ts";
import { FIRST_ROWS } from "./served.ts";

export interface ReportTimes {
  name: ReportName;
  /** The first page as the HTTP API gives it, without HTTP. */
  p50Ms: number;
  p95Ms: number;
  /** Worked out anew, as after a change of the data; null of a large workspace, where one pass works out all of them. */
  anewMs: number | null;
  /** p95 ÷ that of `select 1`. */
  vsSelectOne: number;
  /** DuckDB's median ÷ the first page's, and ÷ that worked out anew; null without either. Above 1: DuckDB is slower. */
  vsDuckdb: number | null;
  anewVsDuckdb: number | null;
  /** p95 at all events ÷ p95 at a tenth. */
  growth: number;
}

/** The databases that are compared; DuckDB's where it is installed. */
export interface Sides {
  db: Db;
  /** Of a tenth of the events. */
  tenth: Db;
  duck: Duck | null;
}

export interface ReportRuns {
  /** Calls of each first page. */
  pages: number;
  /** Answers of DuckDB to each report's question. */
  duck: number;
}

const ANEW_RUNS = 5;

const firstPage = async (db: Db, name: ReportName): Promise<string> =>
  JSON.stringify(await reportPage(db, DEFAULT_WORKSPACE, name, {}, { limit: FIRST_ROWS }));

type PageTimes = Record<"page" | "small" | "one", Times>;

async function pageTimes({ db, tenth }: Sides, runs: number, say: Say): Promise<Map<ReportName, PageTimes>> {
  say("Reports …");
  // What working them out leaves behind is no page's: all are worked out before the first one is measured.
  for (const name of REPORT_NAMES) for (const each of [db, tenth]) await firstPage(each, name);
  const pages = new Map<ReportName, PageTimes>();
  for (const name of REPORT_NAMES) {
    say(`Report ${name}, first page …`);
    const works = {
      page: () => firstPage(db, name),
      small: () => firstPage(tenth, name),
      one: () => db.sql`select 1`,
    };
    pages.set(name, await timesInTurn(runs, works));
  }
  return pages;
}

const ratio = (of: number | null, by: number | null): number | null =>
  of === null || by === null ? null : of / by;

/**
 * Measures first pages and reports worked out anew. Those of a large workspace are read as they are kept: they have to be there.
 * @throws {ReportPending} when they are not.
 */
export async function reportTimes(sides: Sides, runs: ReportRuns, say: Say): Promise<ReportTimes[]> {
  const { db, duck } = sides;
  const large = await isLarge(db, DEFAULT_WORKSPACE);
  const rows: ReportTimes[] = [];
  for (const [name, { page, small, one }] of await pageTimes(sides, runs.pages, say)) {
    if (!large) say(`Report ${name}, worked out anew …`);
    const anew = large ? null : await timesOf(ANEW_RUNS, () => runReport(db, DEFAULT_WORKSPACE, name));
    if (duck !== null) say(`Report ${name}, by DuckDB …`);
    const other = duck === null ? null : await timesOf(runs.duck, () => duck.answer(name));
    const [anewMs, duckMs] = [anew?.p50Ms ?? null, other?.p50Ms ?? null];
    rows.push({
      name,
      p50Ms: page.p50Ms,
      p95Ms: page.p95Ms,
      anewMs,
      vsSelectOne: page.p95Ms / one.p95Ms,
      vsDuckdb: ratio(duckMs, page.p50Ms),
      anewVsDuckdb: ratio(duckMs, anewMs),
      growth: page.p95Ms / small.p95Ms,
    });
  }
  return rows;
}
