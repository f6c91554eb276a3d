/** What every report page reads before it is drawn. */
import { FEW_ROWS, joined, reportQuery } from "../../components/data/report-query.ts";
import type { Initial } from "../../components/data/use-report.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { reportPage } from "../../lib/reports/page.ts";
import { ParamProblem, parseParams, within } from "../../lib/reports/params.ts";
import { recentReport } from "../../lib/reports/recent.ts";
import { readReports, toldBy } from "../../lib/runtime/replica.ts";

export type Search = Promise<Record<string, string | string[] | undefined>>;

/** The parameters of a query string; null when they can't be understood, which the API tells the reader. */
function paramsOf(query: string) {
  try {
    return parseParams(Object.fromEntries(new URLSearchParams(query)));
  } catch (error) {
    if (error instanceof ParamProblem) return null;
    throw error;
  }
}

/**
 * The report that the page's address asks for, for whoever is signed in.
 * @param rows `few`: its figures with hardly a row.
 */
export async function initialReport<N extends ReportName>(
  name: N,
  search: Search,
  rows: "all" | "few" = "all",
): Promise<Initial<N>> {
  const visit = await pageVisit("read");
  const { workspace, by } = visit;
  const given = await search;
  const query = reportQuery((parameter) => [given[parameter]].flat()[0], name);
  const params = paramsOf(query);
  const { read, replica } = await readReports(visit, async (db) => {
    const { report, applications } = await recentReport(db, workspace, name, within(by, params ?? {}));
    if (params === null) return { query, report: null, applications };
    if (rows === "all") return { query, report, applications };
    const few = await reportPage(db, workspace, name, within(by, params), { limit: 1 });
    return { query: joined(query, FEW_ROWS), report: few, applications };
  });
  return { ...read, report: read.report === null ? null : toldBy(read.report, replica) };
}
