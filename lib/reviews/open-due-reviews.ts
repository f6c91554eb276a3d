/** Opens reviews that recur again, when their time has come. */
import { utc } from "@date-fns/utc";
import canonicalize from "canonicalize";
import { format } from "date-fns/format";
import type { Db } from "../../db/client.ts";
import { readReviewStates } from "../../db/queries/reviews.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Every, ReviewInput } from "./contract.ts";
import type { Review } from "./fold.ts";
import { nextOpening } from "./next-opening.ts";
import { openReview } from "./open-review.ts";

/** Of date-fns: the period that a moment lies in. */
const PERIOD: Record<Every, (at: Date) => string> = {
  month: (at) => format(at, "yyyy-MM"),
  quarter: (at) => format(at, "yyyy 'Q'Q"),
  "half-year": (at) => `${format(at, "yyyy")} H${at.getMonth() < 6 ? 1 : 2}`,
  year: (at) => format(at, "yyyy"),
};

/** A period at the end of a name, as {@link PERIOD} or a person writes one. */
const AT_END = /[\s,–-]*\b(?:\d{4}(?:-\d{2}){0,2}|\d{4}[\s-]*[QH]\d|[QH]\d[\s-]*\d{4})$/u;
/** A name has 200 characters at most, the period among them. */
const MOST_CHARACTERS = 188;

const bareName = (name: string): string => name.replace(AT_END, "").slice(0, MOST_CHARACTERS).trim() || name;

/** The name with the period that `now` lies in, in place of the one it ends in. */
export const nameFor = (name: string, every: Every, now: number): string =>
  `${bareName(name)} ${PERIOD[every](utc(now))}`;

/** Reviews of the same name but for its period, and of the same scope, are one series. */
const seriesOf = ({ opened: { input } }: Review): string =>
  canonicalize([bareName(input.name), input.scope]) ?? "";

/** What is opened of a series now; null while its newest review is younger than its period. */
export function inputDue(newest: Review, now: number): ReviewInput | null {
  const { input } = newest.opened;
  const { every } = newest;
  if (every === null || Date.parse(nextOpening(every, newest.openedAt)) > now) return null;
  const length = Date.parse(input.dueAt) - Date.parse(newest.openedAt);
  return {
    ...input,
    every,
    name: nameFor(input.name, every, now),
    // What was true once: the new population is that of now.
    asOf: null,
    dueAt: new Date(now + length).toISOString(),
  };
}

/** A series that could not be opened again, and why. */
export interface NotOpened {
  name: string;
  error: unknown;
}

/**
 * Opens what is due; what can't be opened does not keep the others.
 * @returns ids of the new reviews, and what could not be opened.
 * @throws {AccessProblem}
 */
export async function openDueReviews(
  db: Db,
  workspace: string,
  by: Caller,
  now = Date.now(),
): Promise<{ opened: string[]; failed: NotOpened[] }> {
  requirePermission(by, "run-reviews");
  const reviews = await readReviewStates(db.sql, workspace);
  const opened: string[] = [];
  const failed: NotOpened[] = [];
  for (const series of groupBy(reviews, seriesOf).values()) {
    const newest = series.reduce((a, b) => (b.openedAt > a.openedAt ? b : a));
    const input = inputDue(newest, now);
    if (input === null) continue;
    try {
      opened.push((await openReview(db, workspace, by, input)).review);
    } catch (error) {
      failed.push({ name: input.name, error });
    }
  }
  return { opened, failed };
}
