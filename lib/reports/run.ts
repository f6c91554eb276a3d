/** One function behind each report: command line, HTTP API, page and evidence pack all call it. */
import type { Db } from "../../db/client.ts";
import { accountsFold } from "./accounts.ts";
import { completenessFold } from "./completeness.ts";
import type { ReportName, ReportParams, Reports } from "./contract.ts";
import { coverageFold } from "./coverage.ts";
import { type CustomerPart, coverageByCustomer } from "./coverage-by-customer.ts";
import { dormantFold } from "./dormant.ts";
import { failuresFold } from "./failures.ts";
import { arrays, type Fold, type FoldedReport, type NewFold, type NewList } from "./fold.ts";
import { joinersFold } from "./joiners.ts";
import { type About, customerModels, loadModel, type Model } from "./model.ts";
import { moversFold } from "./movers.ts";
import { offboardingFold } from "./offboarding.ts";
import { overviewFold } from "./overview.ts";
import { reconciliationFold } from "./reconciliation.ts";

const FOLDS: { [N in ReportName]: NewFold<N> } = {
  coverage: coverageFold,
  failures: failuresFold,
  offboarding: offboardingFold,
  dormant: dormantFold,
  accounts: accountsFold,
  joiners: joinersFold,
  movers: moversFold,
  reconciliation: reconciliationFold,
  completeness: completenessFold,
  overview: overviewFold,
};

export const REPORT_NAMES = Object.keys(FOLDS) as ReportName[];

export const isReportName = (name: string): name is ReportName => Object.hasOwn(FOLDS, name);

/** A report to be worked out a part at a time; see {@link NewFold}. */
export const foldOf = <N extends ReportName>(
  name: N,
  about: About,
  params: ReportParams,
  list: NewList,
): Fold<N> => FOLDS[name](about, params, list);

/** A report from a model that is already loaded: several reports of one moment share it. */
export function reportOf<N extends ReportName>(name: N, model: Model, params: ReportParams): Reports[N] {
  const fold = foldOf(name, model, params, arrays);
  fold.take(model);
  // Its lists are arrays.
  return fold.result() as FoldedReport as Reports[N];
}

/** A report with what its page needs beside it. */
export interface WorkedOut<N extends ReportName> {
  report: Reports[N];
  /** Names of all applications, for the filter. */
  applications: string[];
  /** Departments that anybody is in. */
  departments: string[];
}

/** Names, each once, as people look for them. */
export const inOrder = (names: Iterable<string>): string[] =>
  [...new Set(names)].sort((a, b) => a.localeCompare(b, "en"));

async function customersWorkedOut(
  db: Db,
  workspace: string,
  params: ReportParams,
): Promise<WorkedOut<"coverage">> {
  const parts: CustomerPart[] = [];
  const names = new Set<string>();
  const departments = new Set<string>();
  for await (const model of customerModels(db, workspace, params)) {
    parts.push({ customer: model.customer, report: reportOf("coverage", model, params) });
    for (const label of model.across.labels.values()) names.add(label);
    for (const department of model.across.departments) departments.add(department);
  }
  const [first, ...others] = parts;
  if (first === undefined) throw new Error("There is always one part, at least that of no customer.");
  return {
    report: coverageByCustomer([first, ...others]),
    applications: inOrder(names),
    departments: inOrder(departments),
  };
}

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
  const { labels, departments } = model.across;
  return {
    report: reportOf(name, model, params),
    applications: inOrder(labels.values()),
    departments: inOrder(departments),
  };
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
