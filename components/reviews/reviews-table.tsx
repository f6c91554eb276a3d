"use client";
/** The reviews, one a row. */
import Link from "next/link";
import type { ReviewSummary } from "../../lib/reviews/contract.ts";
import { count } from "../format/number.ts";
import { State } from "../ui/state-mark.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";
import { ReviewProgress } from "./review-progress.tsx";
import { itemsHref, reviewHref } from "./review-query.ts";
import { EVERY_WORDS, reviewState, revokeWords } from "./words.ts";

/** What is left for whoever looks. */
function Yours({ review }: { review: ReviewSummary }) {
  const { open, items } = review.mine;
  if (items === 0) return <span className="text-soft">–</span>;
  const running = review.state === "running";
  return (
    <Link
      href={itemsHref(review.review, running && open > 0 ? { "f.state": "open" } : {})}
      prefetch={false}
      className="link"
    >
      {running ? `${count(open)} of ${count(items)} open` : `${count(items)} reviewed`}
    </Link>
  );
}

/** When it is due; of what is over, when it ended. */
function Due({ review: { state, dueAt, endedAt, closedAt }, asOf }: { review: ReviewSummary; asOf: string }) {
  if (state === "running") return <Ago at={dueAt} asOf={asOf} />;
  return (
    <span className="text-soft">
      {state} <Ago at={closedAt ?? endedAt} asOf={asOf} />
    </span>
  );
}

export function ReviewsTable({ reviews, asOf }: { reviews: readonly ReviewSummary[]; asOf: string }) {
  const list = useListKeys<HTMLDivElement>();
  return (
    <div ref={list} className="relative overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Review</th>
            <th scope="col">State</th>
            <th scope="col">Due</th>
            <th scope="col">Yours</th>
            <th scope="col">Progress</th>
            <th scope="col">Revokes</th>
            <th scope="col">Again</th>
          </tr>
        </thead>
        <tbody>
          {reviews.map((review) => (
            <tr key={review.review}>
              <th scope="row" className="min-w-40 [overflow-wrap:anywhere]">
                <Link href={reviewHref(review.review)} prefetch={false} className="link" data-item="">
                  {review.name}
                </Link>
              </th>
              <td>
                <State {...reviewState(review)} />
              </td>
              <td>
                <Due review={review} asOf={asOf} />
              </td>
              <td className="whitespace-nowrap">
                <Yours review={review} />
              </td>
              <td>
                <ReviewProgress open={review.counts.open} items={review.counts.items} />
              </td>
              <td className="whitespace-nowrap">
                {revokeWords(review) ?? <span className="text-soft">–</span>}
              </td>
              <td className="whitespace-nowrap">
                {review.every === null ? (
                  <span className="text-soft">–</span>
                ) : (
                  <>
                    {EVERY_WORDS[review.every]}
                    {review.nextAt === null ? null : (
                      <span className="text-soft">
                        {", next "}
                        <Ago at={review.nextAt} asOf={asOf} />
                      </span>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
