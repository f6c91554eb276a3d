/** Sets how often a review is opened again, or that it is not any more. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { appendToReview, lockReview } from "./append.ts";
import type { Every } from "./contract.ts";

/**
 * @param every counted from the review's opening; null: not again.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function setRecurrence(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  every: Every | null,
): Promise<void> {
  await act({ db, workspace, by }, "run-reviews", "set-recurrence", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    const nothing = state.every === every;
    if (!nothing) {
      const before = { review: state, items: new Map() };
      await appendToReview(sql, { workspace, by, review, at: Date.now() }, before, [
        { verb: "recurs", every },
      ]);
    }
    return {
      nothing,
      result: undefined,
      object: state.opened.input.name,
      before: { every: state.every },
      after: { every },
    };
  });
}
