/** Lets something that was to be revoked stay for a while: with a reason, an owner and an end. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { instant } from "../reports/params.ts";
import { appendToReview, itemsNamed, lockReview } from "./append.ts";
import { storable } from "./input.ts";
import { ReviewProblem } from "./problem.ts";

/**
 * @param owner who answers for it, in words.
 * @param until a day or a time ahead: then it is to do again.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function exemptItem(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  wish: { item: string; reason: string; owner: string; until: string },
): Promise<void> {
  const reason = storable(2_000).safeParse(wish.reason);
  const owner = storable(200).safeParse(wish.owner);
  const until = instant(wish.until, "end");
  if (!reason.success) throw new ReviewProblem("reason-needed", "Say why it may stay for now.");
  if (!owner.success) throw new ReviewProblem("bad-input", "Name who answers for it.");
  if (until === null || until <= Date.now())
    throw new ReviewProblem(
      "bad-input",
      "Until when may it stay? Give a day that lies ahead, like 2026-03-31.",
    );
  await act({ db, workspace, by }, "run-reviews", "exempt-item", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    if (state.state === "closed") throw new ReviewProblem("not-running", "This review is closed.");
    const items = await itemsNamed(sql, workspace, review, [wish.item]);
    const [item] = items.values();
    const decision = item?.first?.decision;
    if (item === undefined || (decision !== "revoke" && decision !== "change"))
      throw new ReviewProblem(
        "not-to-do",
        "Nothing is to be done there: it was not decided to revoke or change it.",
      );
    const exemption = { reason: reason.data, owner: owner.data, until: new Date(until).toISOString() };
    await appendToReview(sql, { workspace, by, review, at: Date.now() }, { review: state, items }, [
      { verb: "exempted", item: item.item, version: item.version + 1, ...exemption },
    ]);
    return {
      result: undefined,
      object: `${state.opened.input.name}: ${item.frozen.key}`,
      before: item.exemption,
      after: exemption,
    };
  });
}
