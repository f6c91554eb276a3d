/** Ends a review: its reviewers decide no more. What is left is settled by whoever runs it, and told as theirs. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { appendToReview, lockReview } from "./append.ts";
import { ReviewProblem } from "./problem.ts";

/** @throws {AccessProblem} {@link ReviewProblem} when it does not run. */
export async function endReview(db: Db, workspace: string, by: Caller, review: string): Promise<void> {
  await act({ db, workspace, by }, "run-reviews", "end-review", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    if (state.state !== "running") throw new ReviewProblem("not-running", "This review has ended before.");
    await appendToReview(
      sql,
      { workspace, by, review, at: Date.now() },
      { review: state, items: new Map() },
      [{ verb: "ended" }],
    );
    return {
      result: undefined,
      object: state.opened.input.name,
      before: { state: "running" },
      after: { state: "ended" },
    };
  });
}
