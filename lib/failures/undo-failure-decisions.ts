/** Takes decisions on failures back: what was before holds again, and what others decided since. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions, readFailureDecisionsByNumber } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { MAX_GROUPS } from "./named-groups.ts";
import { FailureProblem } from "./problem.ts";

/**
 * @param decisions their numbers, as the acts that made them gave them. One that was taken back already stays so.
 * @returns the numbers of the decisions that take back.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function undoFailureDecisions(
  db: Db,
  workspace: string,
  by: Caller,
  decisions: readonly number[],
): Promise<number[]> {
  requirePermission(by, "triage");
  const wanted = [...new Set(decisions)];
  if (wanted.length === 0 || wanted.length > MAX_GROUPS) {
    throw new FailureProblem("unknown-decision", `Name 1 to ${MAX_GROUPS} decisions.`);
  }
  return act({ db, workspace, by }, "triage", "undo-failure-decisions", async (sql) => {
    const found = await readFailureDecisionsByNumber(sql, workspace, wanted);
    const undone = new Set(found.map(({ undoes }) => undoes));
    const rows = wanted.map((number) => {
      const row = found.find(({ decision }) => decision === number);
      if (row !== undefined && row.verb !== "ticket") return row;
      throw new FailureProblem("unknown-decision", `There is no decision ${number} to take back.`);
    });
    const left = rows.filter(({ decision }) => !undone.has(decision));
    const result = await insertFailureDecisions(
      sql,
      workspace,
      left.map(({ group, decision }) => ({
        group,
        by: by.actor.name,
        member: by.member,
        verb: "undo",
        undoes: decision,
      })),
    );
    return {
      result,
      object: left.length === 1 ? "1 decision" : `${left.length} decisions`,
      before: left.map(({ decision, group, verb }) => ({ decision, group, verb })),
      nothing: left.length === 0,
    };
  });
}
