/** Which failure groups, or findings of a reconciliation, somebody means by their ids, with what the audit log tells of them. */
import type { Db } from "../../db/client.ts";
import type { NewFailureDecision } from "../../db/queries/failure-decisions.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import type { FailureRow, ReconciliationRow } from "../reports/contract.ts";
import { recentReport } from "../reports/recent.ts";
import { FailureProblem } from "./problem.ts";

/** Of one act: more than anybody can look at. */
export const MAX_GROUPS = 500;

/** What decisions are of: it has a state, an owner, and notes. */
export type Decided = FailureRow | ReconciliationRow;

/** In words: `Slack: deactivate, rate-limit 429`; of a finding `Slack: missing alice`. */
function nameOf(row: Decided): string {
  const { application } = row;
  if ("kind" in row) {
    const { kind, userName, account, what } = row;
    return `${application}: ${kind} ${userName ?? account}${what === null ? "" : `, ${what}`}`;
  }
  const { operation, errorClass, errorCode } = row;
  return `${application}: ${operation}, ${errorClass}${errorCode === null ? "" : ` ${errorCode}`}`;
}

/** The state of groups as the audit log keeps it, by their names. */
const statesOf = (rows: readonly Decided[]): Record<string, object> =>
  Object.fromEntries(
    rows.map((row) => {
      const { state, until, owner } = row;
      return [nameOf(row), { state, ...(until && { until }), ...(owner && { owner }) }];
    }),
  );

/** What an act was about, in a line. */
export function told(rows: readonly Decided[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  return rows.length === 1 ? nameOf(first) : `${nameOf(first)} and ${rows.length - 1} more`;
}

/**
 * The rows of the groups, each once.
 * @throws {AccessProblem} when they may not decide of failures. {@link FailureProblem} for an id that no group has.
 */
export async function namedGroups(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
): Promise<Decided[]> {
  requirePermission(by, "triage");
  const wanted = [...new Set(groups)];
  const rows = new Map<string, Decided>();
  for (const name of ["failures", "reconciliation"] as const) {
    if (wanted.every((id) => rows.has(id))) continue;
    const { report } = await recentReport(db, workspace, name);
    for (const row of report.rows) rows.set(row.id, row);
  }
  if (wanted.length === 0 || wanted.length > MAX_GROUPS) {
    throw new FailureProblem("unknown-group", `Name 1 to ${MAX_GROUPS} groups of failures.`);
  }
  return wanted.map((id) => {
    const row = rows.get(id);
    if (row !== undefined) return row;
    throw new FailureProblem(
      "unknown-group",
      `There is no group of failures and no finding with the id "${id}".`,
    );
  });
}

/** What the audit log keeps of an act that puts groups into another state. */
export const entryOf = (rows: readonly Decided[], after: object) => ({
  object: told(rows),
  before: statesOf(rows),
  after,
});

/** The decisions to write down: the same for each group. */
export function decisionsOf(
  rows: readonly Decided[],
  by: Caller,
  decision: Omit<NewFailureDecision, "group" | "by" | "member">,
): NewFailureDecision[] {
  return rows.map(({ id }) => ({ group: id, by: by.actor.name, member: by.member, ...decision }));
}
