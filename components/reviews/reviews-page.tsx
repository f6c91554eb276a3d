"use client";
/** Does everybody still need what they have? */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReviewsReport } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { Answer } from "../ui/answer.tsx";
import { ROWS } from "../ui/filter-link.tsx";
import { inOrder, type ListFigures, listFigures } from "./list-figures.ts";
import { QueryFrame } from "./query-frame.tsx";
import { reviewsQuery } from "./review-query.ts";
import { ReviewsTable } from "./reviews-table.tsx";
import { dueWords, items } from "./words.ts";

function Rows({ children }: { children: string }) {
  return (
    <a href={`#${ROWS}`} className="figure">
      {children}
    </a>
  );
}

/** What waits for whoever looks. */
function Mine({ mine, asOf }: { mine: ListFigures["mine"]; asOf: string }) {
  return (
    <>
      <Rows>{items(mine.open)}</Rows> {mine.open === 1 ? "waits" : "wait"} for you in{" "}
      {plural(mine.reviews, "review")}
      {mine.nextDue === null
        ? "."
        : `, ${mine.reviews === 1 ? "" : "the first "}${dueWords(mine.nextDue, asOf)}.`}{" "}
    </>
  );
}

function Sentence({ figures, asOf, all }: { figures: ListFigures; asOf: string; all: boolean }) {
  const { running, items: whole, open, nextDue, toDo, oldest, mine } = figures;
  const own = mine.open === 0 ? null : <Mine mine={mine} asOf={asOf} />;
  if (!all) return own ?? <>No item waits for you.</>;
  return (
    <>
      {own}
      {running === 0 ? (
        "No review runs"
      ) : (
        <>
          <Rows>{plural(running, "review")}</Rows> {running === 1 ? "runs" : "run"};{" "}
          <Rows>{count(open)}</Rows> of {items(whole)} {open === 1 ? "is" : "are"} open
          {nextDue === null ? "" : `, ${running === 1 ? "it is" : "the next is"} ${dueWords(nextDue, asOf)}`}
        </>
      )}
      {toDo === 0 ? (
        "; no revoke is left to do."
      ) : (
        <>
          ; <Rows>{plural(toDo, "revoke")}</Rows> {toDo === 1 ? "is" : "are"} not shown done
          {oldest === null ? "." : `, ${toDo === 1 ? "for" : "the oldest for"} ${duration(oldest)}.`}
        </>
      )}
    </>
  );
}

const NewReview = () => (
  <Link href="/reviews/new" className="button button-main">
    New review
  </Link>
);

function Nothing({ opens }: { opens: boolean }) {
  return (
    <section className="max-w-[64ch] py-12">
      <h1 className="text-sm text-soft">Reviews</h1>
      <p className="mb-4 text-answer leading-7">
        {opens ? "No access review has been opened." : "Nothing waits for you."}
      </p>
      {opens ? (
        <>
          <p className="mb-3">
            A review freezes a list of accounts and credentials as of one moment, gives each of them to
            somebody who knows whether it is still needed, and keeps what they say and why. It is closed when
            later events show that everything revoked is gone.
          </p>
          <p className="mb-4">
            Choose what is reviewed and who reviews it; you see what comes of it before anybody is asked.
          </p>
          <NewReview />
        </>
      ) : (
        <p>When an access review has items for you to decide, they stand here.</p>
      )}
    </section>
  );
}

export function ReviewsPage({ initial }: { initial: ReviewsReport }) {
  const query = useQuery({
    ...reviewsQuery,
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.asOf),
  });
  const opens = useMay("run-reviews");
  const all = useMay("read");
  return (
    <QueryFrame query={query}>
      {({ reviews, asOf }) =>
        reviews.length === 0 ? (
          <Nothing opens={opens} />
        ) : (
          <>
            <Answer title="Reviews">
              <Sentence figures={listFigures(reviews)} asOf={asOf} all={all} />
            </Answer>
            <div className="mb-2 flex flex-wrap items-center gap-4">
              <h2 id={ROWS}>{plural(reviews.length, "review")}</h2>
              {opens ? <NewReview /> : null}
            </div>
            <ReviewsTable reviews={inOrder(reviews)} asOf={asOf} />
          </>
        )
      }
    </QueryFrame>
  );
}
