/** One function behind each report: command line, HTTP API, page and evidence pack all call it. */
import type { Db } from "../../db/client.ts";
import { accountsReport } from "./accounts.ts";
import { completenessReport } from "./completeness.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { coverageReport } from "./coverage.ts";
import { dormantReport } from "./dormant.ts";
import { failuresReport } from "./failures.ts";
import { joinersReport } from "./joiners.ts";
import { loadModel, type Model } from "./model.ts";
import { moversReport } from "./movers.ts";
import { offboardingReport } from "./offboarding.ts";
import { overviewReport } from "./overview.ts";

const REPORTS: { [N in ReportName]: (model: Model, params: ReportParams) => Reports[N] } = {
  coverage: coverageReport,
  failures: failuresReport,
  offboarding: offboardingReport,
  dormant: dormantReport,
  accounts: accountsReport,
  joiners: joinersReport,
  movers: moversReport,
  completeness: completenessReport,
  overview: overviewReport,
};

export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

export const isReportName = (name: string): name is ReportName => Object.hasOwn(REPORTS, name);

/** A report from a model that is already loaded: several reports of one moment share it. */
export function reportOf<N extends ReportName>(name: N, model: Model, params: ReportParams): Reports[N] {
  return REPORTS[name](model, params);
}

/** Works out a report. @throws what the database says when it can't be read. */
export async function runReport<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams = {},
): Promise<Reports[N]> {
  return reportOf(name, await loadModel(db, workspace, params), params);
}
