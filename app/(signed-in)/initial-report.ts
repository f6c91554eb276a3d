/** What every report page reads before it is drawn. */
import { type HowMany, reportQuery, withRows } from "../../components/data/report-query.ts";
import type { Initial } from "../../components/data/use-report.ts";
import type { Db } from "../../db/client.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName, ReportParams } from "../../lib/reports/contract.ts";
import { ifThere } from "../../lib/reports/editions/pending.ts";
import { reportPage } from "../../lib/reports/page.ts";
import { ParamProblem, parseParams, within } from "../../lib/reports/params.ts";
import { recentReport, reportAtHand } from "../../lib/reports/recent.ts";
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

/** Rows of a page that is for `many`, or for its figures alone. */
const LIMITS = { many: 1_000, few: 1 };

/**
 * The report that the page's address asks for, for whoever is signed in. None where it is not there yet: the page asks for it
 * and says how far it is.
 * @param rows `many`: as many as people look through; `few`: its figures with hardly a row.
 */
export async function initialReport<N extends ReportName>(
  name: N,
  search: Search,
  rows: HowMany = "all",
): Promise<Initial<N>> {
  const visit = await pageVisit("read");
  const { workspace, by } = visit;
  const given = await search;
  const asked = reportQuery((parameter) => [given[parameter]].flat()[0], name);
  const params = paramsOf(asked);
  const query = params === null ? asked : withRows(asked, rows);
  const { read, replica } = await readReports(visit, async (db) => {
    const wanted = within(by, params ?? {});
    const applications = await applicationsOf(db, workspace, name, wanted);
    if (params === null || applications === null)
      return { query, report: null, applications: applications ?? [] };
    if (rows === "all")
      return { query, report: (await recentReport(db, workspace, name, wanted)).report, applications };
    const some = await reportPage(db, workspace, name, wanted, { limit: LIMITS[rows] });
    return { query, report: some, applications };
  });
  return { ...read, report: read.report === null ? null : toldBy(read.report, replica) };
}

/** Names of all applications; null where the report is not there yet. */
const applicationsOf = async (
  db: Db,
  workspace: string,
  name: ReportName,
  params: ReportParams,
): Promise<string[] | null> =>
  (await ifThere(reportAtHand(db, workspace, name, params)))?.applications ?? null;
