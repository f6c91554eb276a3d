/** Closes a review for good: when each revoke has come true, or may stay for a reason. */
import type { Db } from "../../db/client.ts";
import { readItems } from "../../db/queries/reviews.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { appendToReview, lockReview } from "./append.ts";
import type { ItemState } from "./contract.ts";
import { ReviewProblem } from "./problem.ts";
import { stateOf } from "./rows.ts";
import { readVerified } from "./verified.ts";

/** What stands in the way, in the order in which it is told. */
const IN_THE_WAY: readonly [state: ItemState, words: (items: number) => string][] = [
  ["open", (n) => `${n} undecided`],
  ["disputed", (n) => `${n} on which two reviewers differ`],
  ["cant-say", (n) => `${n} of which the reviewer can't say`],
  ["to-do", (n) => `${n} that no event shows to be done`],
];

/**
 * @throws {AccessProblem} {@link ReviewProblem} while an item is undecided, disputed, or to be done and not exempt: it says how many.
 */
export async function closeReview(db: Db, workspace: string, by: Caller, review: string): Promise<void> {
  const verifiedOf = await readVerified(db, workspace, review);
  await act({ db, workspace, by }, "run-reviews", "close-review", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    if (state.state === "closed") throw new ReviewProblem("not-running", "This review is closed.");
    const now = Date.now();
    const counts = new Map<ItemState, number>();
    for (const item of await readItems(sql, workspace, review)) {
      const is = stateOf(item, { now, verifiedOf });
      counts.set(is, (counts.get(is) ?? 0) + 1);
    }
    const left = IN_THE_WAY.flatMap(([is, words]) => {
      const items = counts.get(is) ?? 0;
      return items === 0 ? [] : [words(items)];
    });
    if (left.length > 0) {
      throw new ReviewProblem(
        "still-to-do",
        `It can't be closed yet. Of its items there are ${left.join(", ")}. A revoke that can't be done is exempted with a reason, an owner and an end.`,
      );
    }
    await appendToReview(sql, { workspace, by, review, at: now }, { review: state, items: new Map() }, [
      { verb: "closed" },
    ]);
    return {
      result: undefined,
      object: state.opened.input.name,
      before: { state: state.state },
      after: { state: "closed", ...Object.fromEntries(counts) },
    };
  });
}
