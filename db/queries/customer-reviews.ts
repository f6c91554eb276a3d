/** Access reviews of the customer that the connection is for: `customer_reviews` in db/migrations. */
import type { Decision, ReviewKind, ReviewState } from "../../lib/reviews/contract.ts";
import type { SqlSession } from "../client.ts";

/** How one item of such a review stands, and what it is about. */
export interface CustomerReviewItem {
  kind: ReviewKind;
  application: string;
  account: string;
  decision: Decision | null;
  remove: string[] | null;
  /** Of the second reviewer. */
  second: Decision | null;
  exemptUntil: string | null;
}

interface Dates {
  review: string;
  state: ReviewState;
  openedAt: string;
  dueAt: string;
  endedAt: string | null;
  closedAt: string | null;
}

/** A review of this customer `alone` is told; of one of several customers only that it is there. */
export type CustomerReview = Dates &
  ({ alone: true; name: string; items: CustomerReviewItem[] } | { alone: false; name: null; items: null });

/** The newest first; of a connection of the whole workspace none. */
export async function readCustomerReviews(sql: SqlSession): Promise<CustomerReview[]> {
  return sql<CustomerReview[]>`
    select review, alone, name, state, opened_at "openedAt", due_at "dueAt", ended_at "endedAt", closed_at "closedAt", items
    from customer_reviews()`;
}
