/** One function behind each report: command line, HTTP API, page and evidence pack all call it. */
import type { Db } from "../../db/client.ts";
import { accountsReport } from "./accounts.ts";
import { completenessReport } from "./completeness.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { coverageReport } from "./coverage.ts";
import { type CustomerPart, coverageByCustomer } from "./coverage-by-customer.ts";
import { dormantReport } from "./dormant.ts";
import { failuresReport } from "./failures.ts";
import { joinersReport } from "./joiners.ts";
import { customerModels, loadModel, type Model } from "./model.ts";
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

/** A report with what its page needs beside it. */
export interface WorkedOut<N extends ReportName> {
  report: Reports[N];
  /** Names of all applications, for the filter. */
  applications: string[];
}

async function customersWorkedOut(
  db: Db,
  workspace: string,
  params: ReportParams,
): Promise<WorkedOut<"coverage">> {
  const parts: CustomerPart[] = [];
  const names = new Set<string>();
  for await (const model of customerModels(db, workspace, params)) {
    parts.push({ customer: model.customer, report: coverageReport(model, params) });
    for (const label of model.labels.values()) names.add(label);
  }
  const [first, ...others] = parts;
  if (first === undefined) throw new Error("There is always one part, at least that of no customer.");
  return { report: coverageByCustomer([first, ...others]), applications: inOrder(names) };
}

const inOrder = (names: Iterable<string>): string[] =>
  [...new Set(names)].sort((a, b) => a.localeCompare(b, "en"));

/** Works out a report. @throws what the database says when it can't be read. */
export async function workOut<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams = {},
): Promise<WorkedOut<N>> {
  if (name === "coverage" && params.by === "customer")
    return (await customersWorkedOut(db, workspace, params)) as WorkedOut<ReportName> as WorkedOut<N>;
  const model = await loadModel(db, workspace, params);
  return { report: reportOf(name, model, params), applications: inOrder(model.labels.values()) };
}

/** The report alone, as {@link workOut} has it. */
export async function runReport<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams = {},
): Promise<Reports[N]> {
  return (await workOut(db, workspace, name, params)).report;
}
