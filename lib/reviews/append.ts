/** The one way in which a review changes: its records go into the log, and what they change is folded again. */
import type postgres from "postgres";
import { appendGovernance, lockGovernance } from "../../db/log/governance.ts";
import { readItems, readReviewState, storeItems, storeReview } from "../../db/queries/reviews.ts";
import type { Caller } from "../auth/caller.ts";
import { fold, type Item, type Review } from "./fold.ts";
import { ReviewProblem } from "./problem.ts";
import { type GovernanceAct, packRecords, recordsOf } from "./records.ts";

type Sql = postgres.TransactionSql;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** @throws {ReviewProblem} for what is no id of a review. */
export function requireReviewId(review: string): void {
  if (!UUID.test(review)) throw new ReviewProblem("unknown-review", "There is no review of this id.");
}

/**
 * The review as it stands; no other act changes any until the transaction ends.
 * @throws {ReviewProblem} when there is none of that id.
 */
export async function lockReview(sql: Sql, workspace: string, review: string): Promise<Review> {
  requireReviewId(review);
  await lockGovernance(sql, workspace);
  const state = await readReviewState(sql, workspace, review);
  if (state === null) throw new ReviewProblem("unknown-review", "There is no review of this id.");
  return state;
}

/**
 * Some items of a review as they stand, by their ids.
 * @throws {ReviewProblem} for an id that none has.
 */
export async function itemsNamed(
  sql: Sql,
  workspace: string,
  review: string,
  ids: readonly string[],
): Promise<Map<string, Item>> {
  const items = new Map((await readItems(sql, workspace, review, ids)).map((item) => [item.item, item]));
  const missing = ids.find((id) => !items.has(id));
  if (missing !== undefined)
    throw new ReviewProblem("unknown-item", `This review has no item "${missing.slice(0, 100)}".`);
  return items;
}

/**
 * Appends acts to a review, in the transaction of the act that asks for it, and folds them.
 * @param at when it happened, milliseconds.
 * @param before the review and those of its items that the acts are about, as they stand; a new review: null and none.
 * @returns them as they stand afterwards.
 */
export async function appendToReview(
  sql: Sql,
  { workspace, by, review, at }: { workspace: string; by: Caller; review: string; at: number },
  before: { review: Review | null; items: ReadonlyMap<string, Item> },
  acts: readonly GovernanceAct[],
): Promise<{ review: Review; items: Map<string, Item> }> {
  await lockGovernance(sql, workspace);
  const frozenOf = (item: string) => before.items.get(item)?.frozen ?? null;
  const { segments, numbered } = packRecords(recordsOf(by, review, at, acts), frozenOf);
  const { items, reviews } = fold(numbered, {
    review: () => before.review,
    item: (_review, item) => before.items.get(item) ?? null,
  });
  const state = reviews.get(review) ?? before.review;
  if (state === null) throw new Error(`The review ${review} has no opening.`);
  const own = items.get(review) ?? new Map<string, Item>();
  await appendGovernance(sql, workspace, review, segments);
  if (reviews.has(review)) await storeReview(sql, workspace, state);
  await storeItems(sql, workspace, review, [...own.values()]);
  return { review: state, items: own };
}
