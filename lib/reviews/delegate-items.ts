/** Gives items to another reviewer. */
import type { Db } from "../../db/client.ts";
import { readItems } from "../../db/queries/reviews.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, allowed, type Caller } from "../auth/caller.ts";
import { appendToReview, itemsNamed, lockReview } from "./append.ts";
import { isOwnAccess } from "./assign.ts";
import type { Item } from "./fold.ts";
import { itemName } from "./item-name.ts";
import { namesOfSubjects } from "./own-access.ts";
import { readReviewers } from "./plan-review.ts";
import { ReviewProblem } from "./problem.ts";
import type { ItemActRecord } from "./records.ts";

/**
 * @param to a member who may review.
 * @param items their ids; null: all that the caller has yet to decide. Items that are the new reviewer's own access stay where they are.
 * @returns how many were given, and how many stayed for being the new reviewer's own access.
 * @throws {AccessProblem} {@link ReviewProblem}
 */
export async function delegateItems(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  { to, items: ids }: { to: string; items: readonly string[] | null },
): Promise<{ items: number; own: number }> {
  const reviewer = (await readReviewers(db, workspace)).find(({ member }) => member === to);
  if (reviewer === undefined)
    throw new ReviewProblem("unknown-member", "Items are given to a member who may review.");
  return act({ db, workspace, by }, "review", "delegate-items", async (sql) => {
    const state = await lockReview(sql, workspace, review);
    if (state.state !== "running")
      throw new ReviewProblem("not-running", "This review has ended: nothing in it is given to anybody.");
    const isTheirs = (item: Item) => by.member !== null && item.reviewer.member === by.member;
    const chosen =
      ids === null
        ? (await readItems(sql, workspace, review)).filter((item) => isTheirs(item) && item.first === null)
        : [...(await itemsNamed(sql, workspace, review, [...new Set(ids)])).values()];
    const others = chosen.find((item) => !isTheirs(item));
    if (others !== undefined && !allowed(by, "run-reviews")) {
      throw new AccessProblem(
        "forbidden",
        `${itemName(others.frozen)} is ${others.reviewer.name}'s: only they, or who runs the review, can give it away.`,
      );
    }
    const names = await namesOfSubjects(
      sql,
      workspace,
      chosen.map(({ frozen }) => frozen.subject),
    );
    // Two reviewers are two people.
    const isSecond = ({ assigned }: Item) => assigned.second?.member === to;
    const given = chosen.filter(
      (item) =>
        item.reviewer.member !== to && !isSecond(item) && !isOwnAccess(reviewer, names(item.frozen.subject)),
    );
    if (given.length === 0 && chosen.some(isSecond)) {
      throw new ReviewProblem(
        "not-yours",
        `${reviewer.name} decides it second: somebody else has to decide it first.`,
      );
    }
    const own = chosen.filter(({ frozen }) => isOwnAccess(reviewer, names(frozen.subject))).length;
    if (given.length === 0 && own > 0) {
      throw new ReviewProblem(
        "own-access",
        `It is ${reviewer.name}'s own access: nobody reviews that themselves.`,
      );
    }
    const records = given.map(
      (item): ItemActRecord => ({
        verb: "given",
        item: item.item,
        version: item.version + 1,
        to: { member: to, name: reviewer.name },
        rule: "delegated",
      }),
    );
    const items = new Map(chosen.map((item) => [item.item, item]));
    if (records.length > 0)
      await appendToReview(sql, { workspace, by, review, at: Date.now() }, { review: state, items }, records);
    return {
      nothing: records.length === 0,
      result: { items: records.length, own },
      object: `${state.opened.input.name}: ${records.length} to ${reviewer.name}`,
      before: Object.fromEntries(given.map(({ frozen, reviewer: was }) => [frozen.key, was.name])),
      after: { reviewer: reviewer.name },
    };
  });
}
