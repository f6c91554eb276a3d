/** What a review would be, before it is opened. */
import type { Db } from "../../db/client.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import type { ReviewPreview } from "./contract.ts";
import { reviewInputOf } from "./input.ts";
import { planReview } from "./plan-review.ts";

/** @throws {AccessProblem} {@link ReviewProblem} as opening it would. */
export async function previewReview(
  db: Db,
  workspace: string,
  by: Caller,
  raw: unknown,
): Promise<ReviewPreview> {
  requirePermission(by, "run-reviews");
  const { items } = await planReview(db, workspace, reviewInputOf(raw, Date.now()));
  const counts = new Map<string, { name: string; items: number }>();
  for (const { assigned } of items) {
    const { member, name } = assigned.reviewer;
    const known = counts.get(member) ?? { name, items: 0 };
    counts.set(member, { name, items: known.items + 1 });
  }
  return {
    rows: items.length,
    flagged: items.filter(({ frozen }) => frozen.flags.length > 0).length,
    reviewers: [...counts.values()].sort((a, b) => b.items - a.items),
    fallback: items.filter(({ assigned }) => assigned.reviewerBy === "fallback").length,
    own: items.filter(({ assigned }) => assigned.ownOf !== null).length,
  };
}
