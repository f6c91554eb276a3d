/** Sets how long the records of a source are kept. */
import type { Db } from "../../db/client.ts";
import { storeRetention } from "../../db/queries/retention.ts";
import { sourceNames } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { PrivacyProblem } from "./problem.ts";

/** A day is the shortest that is no mistake; a hundred years the longest. */
const MAX_DAYS = 36_500;

/**
 * @param days null: for good.
 * @throws {PrivacyProblem} {@link AccessProblem}
 */
export async function setRetention(
  db: Db,
  workspace: string,
  by: Caller,
  source: string,
  days: number | null,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "set-retention", async (sql) => {
    if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= MAX_DAYS))
      throw new PrivacyProblem("bad-days", `Records are kept for 1 to ${MAX_DAYS} days, or for good.`);
    if (!(await sourceNames(sql, workspace)).includes(source))
      throw new PrivacyProblem("unknown-source", `There is no source "${source}".`);
    await storeRetention(sql, workspace, { source, days, by: by.actor.name });
    return { result: undefined, object: source, after: { days } };
  });
}
