/** Reviews as pages, HTTP API, command line and evidence show them. */
import type { Db } from "../../db/client.ts";
import { readReviewStates } from "../../db/queries/reviews.ts";
import { allowed, type Caller, requirePermission } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { iso, seconds } from "../reports/base.ts";
import { requireReviewId } from "./append.ts";
import type {
  ReviewItemRow,
  ReviewItemStory,
  ReviewItems,
  ReviewReport,
  ReviewSummary,
  ReviewsReport,
  ReviewTask,
} from "./contract.ts";
import { countsOf, reviewerFigures } from "./figures.ts";
import type { Item } from "./fold.ts";
import { type KeptReview, keptReview } from "./kept.ts";
import { nextOpening } from "./next-opening.ts";
import { readReviewers } from "./plan-review.ts";
import { isBlind, rowOf, stateOf, type View } from "./rows.ts";
import { readVerified } from "./verified.ts";

/** Whether they see all of a review, or of it what is theirs to decide. */
export const seesAll = (by: Caller): boolean => allowed(by, "run-reviews") || allowed(by, "workspace");

const isOf =
  (member: string | null) =>
  ({ reviewer, assigned }: Item): boolean =>
    member !== null && (reviewer.member === member || assigned.second?.member === member);

/** Whether a member has yet to decide an item, in either part. */
const waitsFor =
  (member: string | null) =>
  ({ reviewer, assigned, first, second }: Item): boolean =>
    member !== null &&
    ((reviewer.member === member && first === null) ||
      (assigned.second?.member === member && second === null));

/** Those of a review that the caller may see. */
const visible = ({ items }: KeptReview, by: Caller): readonly Item[] =>
  seesAll(by) ? items : items.filter(isOf(by.member));

async function viewOf(db: Db, workspace: string, { review, items }: KeptReview, by: Caller): Promise<View> {
  return {
    now: Date.now(),
    verifiedOf: await readVerified(db, workspace, review.review, items),
    member: by.member,
  };
}

/** How long the oldest decision has been waiting to be done, in seconds. */
function oldestOf(items: readonly Item[], view: View): number | null {
  const times = items
    .filter((item) => item.first !== null && stateOf(item, view) === "to-do")
    .map(({ first }) => Date.parse(first?.at ?? ""));
  return times.length === 0 ? null : seconds(view.now - times.reduce((a, b) => Math.min(a, b)));
}

function summaryOf(kept: KeptReview, by: Caller, view: View): ReviewSummary {
  const { review } = kept;
  const { input, population } = review.opened;
  const items = visible(kept, by);
  return {
    review: review.review,
    name: input.name,
    state: review.state,
    openedAt: review.openedAt,
    openedBy: review.openedBy,
    asOf: population.asOf,
    dueAt: input.dueAt,
    endedAt: review.endedAt,
    closedAt: review.closedAt,
    overdue: review.state === "running" && Date.parse(input.dueAt) < view.now,
    every: review.every,
    nextAt: review.every === null ? null : nextOpening(review.every, review.openedAt),
    counts: countsOf(items, (item) => stateOf(item, view)),
    oldestToDo: oldestOf(items, view),
    mine: {
      items: kept.items.filter(isOf(by.member)).length,
      open: review.state === "running" ? kept.items.filter(waitsFor(by.member)).length : 0,
    },
  };
}

/** All reviews that the caller may see, the newest first. @throws {AccessProblem} */
export async function listReviews(db: Db, workspace: string, by: Caller): Promise<ReviewsReport> {
  requirePermission(by, "see-reviews");
  const reviews: ReviewSummary[] = [];
  for (const { review } of await readReviewStates(db.sql, workspace)) {
    const kept = await keptReview(db, workspace, review);
    if (kept === null) continue;
    if (!seesAll(by) && !kept.items.some(isOf(by.member))) continue;
    reviews.push(summaryOf(kept, by, await viewOf(db, workspace, kept, by)));
  }
  const reviewers = (await readReviewers(db, workspace)).map(({ member, name }) => ({ member, name }));
  return { asOf: iso(Date.now()), reviews, reviewers };
}

async function found(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
): Promise<{ kept: KeptReview; view: View } | null> {
  requirePermission(by, "see-reviews");
  requireReviewId(review);
  const kept = await keptReview(db, workspace, review);
  if (kept === null || (!seesAll(by) && !kept.items.some(isOf(by.member)))) return null;
  return { kept, view: await viewOf(db, workspace, kept, by) };
}

/**
 * One review with its guards' figures; to a reviewer those of the own items. Null when there is none that they may see.
 * @throws {AccessProblem} {@link ReviewProblem} for what is no id.
 */
export async function readReview(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
): Promise<ReviewReport | null> {
  const there = await found(db, workspace, by, review);
  if (there === null) return null;
  return reportOn(there.kept, by, there.view);
}

/** A review with its guards' figures, as the caller may see it. */
export function reportOn(kept: KeptReview, by: Caller, view: View): ReviewReport {
  const items = visible(kept, by);
  const { input, population, fallback } = kept.review.opened;
  return {
    ...summaryOf(kept, by, view),
    population,
    rules: input.rules,
    fallback,
    secondShare: input.secondShare,
    reviewers: reviewerFigures(items),
    acts: seesAll(by) ? kept.review.acts : [],
  };
}

/** Rows as they were made last, by review and by whoever sees them: as long as nothing changes, sorting them once is enough. */
const rowsOf = new WeakMap<readonly Item[], Map<string, { view: View; report: ReviewItems }>>();
const FRESH_MS = 60_000;

/** The items as rows, in the order of their keys; of a reviewer the own ones. */
export async function reviewItems(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
): Promise<ReviewItems | null> {
  const there = await found(db, workspace, by, review);
  if (there === null) return null;
  const { kept, view } = there;
  const who = `${seesAll(by)} ${by.member}`;
  const made = rowsOf.get(kept.items) ?? new Map<string, { view: View; report: ReviewItems }>();
  rowsOf.set(kept.items, made);
  const before = made.get(who);
  if (
    before !== undefined &&
    view.now - before.view.now < FRESH_MS &&
    before.view.verifiedOf === view.verifiedOf
  )
    return before.report;
  const report = { asOf: iso(view.now), rows: visible(kept, by).map((item) => rowOf(item, view)) };
  made.set(who, { view, report });
  return report;
}

/** One item with all that was done with it; null when the caller sees none of that id. */
export async function itemStory(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  item: string,
): Promise<ReviewItemStory | null> {
  const there = await found(db, workspace, by, review);
  const one = there && visible(there.kept, by).find((other) => other.item === item);
  if (!there || !one) return null;
  const row = rowOf(one, there.view);
  // Whoever decides second is not to know what the first said.
  const blind = row.decision === null && one.first !== null;
  return { row, acts: blind ? one.acts.filter(({ by: name }) => name === by.actor.name) : one.acts };
}

/**
 * What is to be done, the oldest first; what is done or exempt stands at the end. What the caller decides second, and has not
 * yet, is left out.
 */
export async function reviewTasks(
  db: Db,
  workspace: string,
  by: Caller,
  review: string,
  scimApplications: ReadonlySet<string> = new Set(),
): Promise<ReviewTask[] | null> {
  const there = await found(db, workspace, by, review);
  if (there === null) return null;
  const { kept, view } = there;
  return visible(kept, by)
    .filter((item) => !isBlind(item, by.member))
    .map((item) => rowOf(item, { ...view, member: null }))
    .filter(({ state }) => state === "to-do" || state === "exempt" || state === "verified")
    .sort((a, b) => (b.age ?? -1) - (a.age ?? -1))
    .map((row) => taskOf(row, scimApplications, view.now));
}

function taskOf(row: ReviewItemRow, scim: ReadonlySet<string>, now: number): ReviewTask {
  return {
    item: row.item,
    application: row.application,
    account: row.account,
    userName: row.userName,
    person: row.identity.displayName ?? row.identity.userName,
    todo: row.decision === "change" ? "remove" : "revoke",
    entitlements: row.remove,
    decidedBy: row.decidedBy ?? "",
    decidedAt: row.decidedAt ?? iso(now),
    reason: row.reason,
    age: row.age ?? 0,
    state: row.state,
    handedOff: row.handedOff,
    scim: scim.has(applicationKey(row.application)),
  };
}
