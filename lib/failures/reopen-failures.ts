/** Ends the acknowledgement or the snooze of failure groups. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { decisionsOf, entryOf, namedGroups } from "./named-groups.ts";

/**
 * @param groups ids of failure groups.
 * @returns the numbers of the decisions, in the order of the groups.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function reopenFailures(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
): Promise<number[]> {
  const rows = await namedGroups(db, workspace, by, groups);
  return act({ db, workspace, by }, "triage", "reopen-failures", async (sql) => ({
    result: await insertFailureDecisions(sql, workspace, decisionsOf(rows, by, { verb: "reopen" })),
    ...entryOf(rows, { state: "open" }),
  }));
}
