"use client";
/** What stands above the items of a review: how many are left, and how they were decided so far. */
import Link from "next/link";
import type { ReviewReport } from "../../lib/reviews/contract.ts";
import { count, percent } from "../format/number.ts";
import { reviewHref } from "../reviews/review-query.ts";
import { dueWords, items } from "../reviews/words.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import type { Reviewer } from "./acts.ts";

export function ItemsSentence({
  report,
  reviewer,
  now,
}: {
  report: ReviewReport;
  reviewer: Reviewer;
  /** ISO 8601. */
  now: string;
}) {
  const { mine, counts, state, dueAt } = report;
  const own = mine.items > 0 && reviewer.reviews;
  const open = own ? mine.open : counts.open;
  const all = own ? mine.items : counts.items;
  return (
    <>
      {own && open === 0 ? (
        "You have decided all your items"
      ) : (
        <>
          <FilterLink set={{ "f.state": "open" }}>{count(open)}</FilterLink> of {own ? "your " : ""}
          <FilterLink set={{ "f.state": null }}>{items(all)}</FilterLink> {open === 1 ? "is" : "are"} open
        </>
      )}
      {state === "running"
        ? `, ${dueWords(dueAt, now)}.`
        : `; the review is ${state}: nothing more is decided.`}{" "}
      <Link href={reviewHref(report.review)} className="figure">
        {report.name}
      </Link>
    </>
  );
}

/** That deciding many at once is seen. */
export function BulkShare({ report, me }: { report: ReviewReport; me: string | null }) {
  const own = report.reviewers.find(({ member }) => member === me);
  if (own === undefined || own.decided === 0) return null;
  return (
    <p className="mb-3 text-sm text-soft">
      You have decided {items(own.decided)}, {percent(own.bulkShare, 1)} together with others; that and how
      long each was looked at is part of the review's record.
    </p>
  );
}
