/** Says that somebody has removed at the application, by hand, what a drill had left. */
import type { Db } from "../../db/client.ts";
import { readDrills, updateDrill } from "../../db/queries/drills.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationNamed } from "./named.ts";
import { DrillProblem } from "./problem.ts";

const MOST = 100;

/**
 * Rollcall asks the application no more about it.
 * @param label of the application, in any spelling. @param identity user name of the test account.
 * @throws {DrillProblem} when there is none that could not be cleaned up; {@link AccessProblem}
 */
export async function settleDrill(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  identity: string,
): Promise<void> {
  const application = applicationNamed(label);
  await act({ db, workspace, by }, "operate", "settle-drill", async (sql) => {
    const open = await readDrills(sql, workspace, { application, open: true, limit: MOST });
    const left = open.find((row) => row.identity === identity && row.problem !== null);
    if (left === undefined)
      throw new DrillProblem("nothing-left", `No drill at ${label} has left an account called ${identity}.`);
    const change = { cleaned: "by-hand", cleanedAt: Date.now(), nextTryAt: null, problem: null } as const;
    await updateDrill(sql, workspace, left.drill, change);
    return { result: undefined, object: label, before: { problem: left.problem }, after: { identity } };
  });
}
