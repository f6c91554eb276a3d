/** Notes that a reviewer has opened items: what was decided unseen shows. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { appendToReview, itemsNamed, lockReview } from "./append.ts";
import { ReviewProblem } from "./problem.ts";
import type { ItemActRecord } from "./records.ts";

const MOST = 500;

/**
 * @param ids of items; those opened before, and those of others, are passed over. The items' versions stay: nobody's decision
 *   rests on it.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function markOpened(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0 || ids.length > MOST) throw new ReviewProblem("bad-input", `Name 1 to ${MOST} items.`);
  await act({ db, workspace, by }, "review", "mark-opened", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    const items = await itemsNamed(sql, workspace, review, [...new Set(ids)]);
    const records = [...items.values()]
      .filter(
        ({ opened, reviewer, assigned }) =>
          !opened && by.member !== null && [reviewer.member, assigned.second?.member].includes(by.member),
      )
      .map((item): ItemActRecord => ({ verb: "looked", item: item.item, version: item.version }));
    const nothing = records.length === 0 || state.state !== "running";
    if (!nothing)
      await appendToReview(sql, { workspace, by, review, at: Date.now() }, { review: state, items }, records);
    return { nothing, result: undefined, object: `${state.opened.input.name}: ${records.length}` };
  });
}
