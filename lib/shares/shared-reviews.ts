/** Access reviews as a shared link tells them: how they stand, and nothing of who decided or of single items. */
import type { Db } from "../../db/client.ts";
import { type CustomerReviewItem, readCustomerReviews } from "../../db/queries/customer-reviews.ts";
import type { Caller } from "../auth/caller.ts";
import { loadModel } from "../reports/model.ts";
import type { ReviewState, ReviewSummary } from "../reviews/contract.ts";
import { countStates } from "../reviews/figures.ts";
import { Standing } from "../reviews/outcome.ts";
import { listReviews } from "../reviews/read.ts";
import { stateOf } from "../reviews/rows.ts";

export interface SharedReview {
  review: string;
  name: string;
  state: ReviewState;
  openedAt: string;
  dueAt: string;
  closedAt: string | null;
  overdue: boolean;
  items: number;
  /** Those that somebody has decided. */
  decided: number;
  kept: number;
  /** Of revokes and changes: those that records show done, those not done for a reason, and those still to do. */
  verified: number;
  exempted: number;
  toDo: number;
}

export interface SharedReviews {
  /** The newest first. */
  reviews: SharedReview[];
  /** Reviews of this customer together with others, of which nothing else can be told. */
  withOthers: number;
}

type Counts = ReturnType<typeof countStates>;

const told = (
  about: Pick<SharedReview, "review" | "name" | "state" | "openedAt" | "dueAt" | "closedAt">,
  counts: Counts,
  now: number,
): SharedReview => ({
  ...about,
  overdue: about.state === "running" && Date.parse(about.dueAt) < now,
  items: counts.items,
  decided: counts.items - counts.open,
  kept: counts.kept,
  verified: counts.verified,
  exempted: counts.exempt,
  toDo: counts["to-do"],
});

/** An item of a customer's review with what its state is told by. */
const judged = ({
  kind,
  application,
  account,
  decision,
  remove,
  second,
  exemptUntil,
}: CustomerReviewItem) => ({
  frozen: { kind, application, account },
  first: decision === null ? null : { decision, remove: remove ?? [] },
  second: second === null ? null : { decision: second },
  exemption: exemptUntil === null ? null : { until: exemptUntil },
});

const countsOf = (items: readonly CustomerReviewItem[], standing: Standing, now: number): Counts => {
  const verifiedOf = (item: ReturnType<typeof judged>) => standing.of(item);
  return countStates(items.map((item) => stateOf(judged(item), { now, verifiedOf })));
};

/** @param db sees the customer's records alone, by which it is told whether a revoke was done. */
async function reviewsOfCustomer(db: Db, workspace: string, customer: string): Promise<SharedReviews> {
  const found = await readCustomerReviews(db.sql);
  const own = found.filter((review) => review.alone);
  const withOthers = found.length - own.length;
  if (own.length === 0) return { reviews: [], withOthers };
  const standing = new Standing(await loadModel(db, workspace, { customer }));
  const now = Date.now();
  return {
    reviews: own.map((review) => told(review, countsOf(review.items, standing, now), now)),
    withOthers,
  };
}

/**
 * @param db of the link's own scope.
 * @param by the link's holder.
 */
export async function sharedReviews(db: Db, workspace: string, by: Caller): Promise<SharedReviews> {
  if (by.customer !== null) return reviewsOfCustomer(db, workspace, by.customer);
  const { reviews } = await listReviews(db, workspace, by);
  const now = Date.now();
  return {
    reviews: reviews.map((review: ReviewSummary) => told(review, review.counts, now)),
    withOthers: 0,
  };
}
