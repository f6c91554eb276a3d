/** Says whose failure groups are. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { decisionsOf, entryOf, namedGroups } from "./named-groups.ts";
import { readOwners } from "./owners.ts";
import { FailureProblem } from "./problem.ts";

/**
 * @param groups ids of failure groups.
 * @param owner a member who may decide of failures; null: nobody.
 * @returns the numbers of the decisions, in the order of the groups.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function assignFailures(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
  owner: string | null,
): Promise<number[]> {
  const rows = await namedGroups(db, workspace, by, groups);
  const found =
    owner === null ? null : (await readOwners(db, workspace)).find(({ member }) => member === owner);
  if (found === undefined) {
    throw new FailureProblem(
      "unknown-member",
      "Failures are assigned to a member who may come in and decide of them: an admin or an analyst.",
    );
  }
  return act({ db, workspace, by }, "triage", "assign-failures", async (sql) => ({
    result: await insertFailureDecisions(sql, workspace, decisionsOf(rows, by, { verb: "assign", owner })),
    ...entryOf(rows, { owner: found?.name ?? null }),
  }));
}
