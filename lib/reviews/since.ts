/** What is new against the review before. Pure. */
import canonicalize from "canonicalize";
import type { Item, Review } from "./fold.ts";
import type { Assigned, FrozenItem } from "./records.ts";

/** What a decision rests on: when it changes, the decision before says little. Times of use move all the time and are left out. */
const essence = ({ subject, identity, flags, entitlements, drift }: FrozenItem): string =>
  canonicalize({
    subject,
    department: identity.department,
    title: identity.title,
    flags,
    entitlements: entitlements.map(({ name, eventId }) => [name, eventId]),
    drift,
  }) ?? "";

/** @param prior the same thing in the newest review before; undefined: it was in none. */
export function sinceOf(
  frozen: FrozenItem,
  prior: { review: Review; item: Item } | undefined,
): Pick<Assigned, "previous" | "since"> {
  if (prior === undefined) return { previous: null, since: "new" };
  const { review, item } = prior;
  return {
    previous: {
      review: review.review,
      reviewName: review.opened.input.name,
      decision: item.first?.decision ?? null,
      at: item.first?.at ?? null,
    },
    since: essence(item.frozen) === essence(frozen) ? "same" : "changed",
  };
}
