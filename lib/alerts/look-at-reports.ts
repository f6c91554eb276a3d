/** What the rules look at, of now. */
import type { Db } from "../../db/client.ts";
import { EditionGone } from "../../db/queries/editions.ts";
import { iso } from "../reports/base.ts";
import { withChosenRows } from "../reports/chosen-rows.ts";
import type { ReportName, Reports } from "../reports/contract.ts";
import { isLarge } from "../reports/editions/large.ts";
import { loadModel, momentOf } from "../reports/model.ts";
import { recentReport, reportAtHand } from "../reports/recent.ts";
import { reportOf } from "../reports/run.ts";
import type { Looked, RuleSettings } from "./rules.ts";

const DAY = 86_400_000;

async function ofEverybody(db: Db, workspace: string): Promise<Looked> {
  const model = await loadModel(db, workspace, {});
  return {
    asOf: model.asOf,
    failures: reportOf("failures", model, {}),
    offboarding: reportOf("offboarding", model, {}),
    coverage: reportOf("coverage", model, {}),
    reconciliation: reportOf("reconciliation", model, {}),
    sources: model.sources,
  };
}

/** Of reports as they are kept the rows alone that a rule may find something in; the rules say whether it does. */
async function ofEditions(db: Db, workspace: string, settings: RuleSettings): Promise<Looked> {
  const chosen = async <N extends ReportName>(name: N, ...searches: string[]): Promise<Reports[N]> =>
    withChosenRows(name, await reportAtHand(db, workspace, name), searches);
  const { asOf, sources } = await momentOf(db, workspace, {});
  // What was used so long ago, and is ended, is told no more; a day more, since the report may be of some time ago.
  const usedAfter = iso(asOf - (settings["access-after-leaving"].threshold + 1) * DAY);
  return {
    asOf,
    failures: await chosen("failures", "f.state=!=resolved"),
    offboarding: await chosen(
      "offboarding",
      "f.openFor=!=",
      `f.accessAfterLeaving=true&f.lastAccessAfterLeavingAt=>=${usedAfter}`,
    ),
    coverage: (await recentReport(db, workspace, "coverage")).report,
    reconciliation: await chosen(
      "reconciliation",
      "f.kind=log-says-done&f.kind=active-though-left&f.closedAt=",
    ),
    sources,
  };
}

/**
 * Of a large workspace its reports as they were last worked out, each of its own moment.
 * @throws {ReportPending} when one of them is not there yet.
 */
export async function lookAtReports(db: Db, workspace: string, settings: RuleSettings): Promise<Looked> {
  if (!(await isLarge(db, workspace))) return ofEverybody(db, workspace);
  try {
    return await ofEditions(db, workspace, settings);
  } catch (error) {
    if (!(error instanceof EditionGone)) throw error;
    // A newer one has taken its place, or it has to be worked out anew.
    return ofEditions(db, workspace, settings);
  }
}
