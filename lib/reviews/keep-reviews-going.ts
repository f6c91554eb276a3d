/** What reviews need without anybody asking: the next of those that recur, and reminders. */
import type { Db } from "../../db/client.ts";
import { readReviewStates } from "../../db/queries/reviews.ts";
import { type Caller, rollcallItself } from "../auth/caller.ts";
import { alone } from "../runtime/alone.ts";
import { openDueReviews } from "./open-due-reviews.ts";
import { remindReviewers, type Surroundings } from "./remind-reviewers.ts";

export interface Going {
  opened: number;
  reminded: number;
  /** What went wrong: a review that can't be opened or whose reviewers can't be reminded does not keep the others. */
  errors: unknown[];
}

/**
 * Opens what is due, then reminds whom it is time to remind.
 * @returns null when another process is at it.
 */
export async function keepReviewsGoing(
  db: Db,
  workspace: string,
  surroundings: Surroundings,
  by: Caller = rollcallItself(),
): Promise<Going | null> {
  return alone(db, `rollcall reviews ${workspace}`, async () => {
    const { opened, failed } = await openDueReviews(db, workspace, by);
    const errors = failed.map(({ error }) => error);
    let reminded = 0;
    for (const { review, state } of await readReviewStates(db.sql, workspace)) {
      if (state !== "running") continue;
      try {
        reminded += await remindReviewers(db, workspace, by, review, "due", surroundings);
      } catch (error) {
        errors.push(error);
      }
    }
    return { opened: opened.length, reminded, errors };
  });
}
