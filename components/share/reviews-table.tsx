/** Access reviews as far as a shared page tells of them: no person who decided, no single item. */
import type { SharedReview } from "../../lib/shares/shared-reviews.ts";
import { count } from "../format/number.ts";
import { dueWords, reviewState } from "../reviews/words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";

function Due({ review: { state, dueAt, closedAt }, asOf }: { review: SharedReview; asOf: string }) {
  if (state === "running") return <>{dueWords(dueAt, asOf)}</>;
  return closedAt === null ? <>to be closed</> : <Ago at={closedAt} asOf={asOf} />;
}

export function SharedReviewsTable({ reviews, asOf }: { reviews: readonly SharedReview[]; asOf: string }) {
  if (reviews.length === 0) return null;
  return (
    <TableFrame
      scrolling="How the reviews stand"
      heads={[
        "Review",
        "State",
        "Opened",
        "Due or closed",
        { head: "Items", number: true },
        { head: "Decided", number: true },
        { head: "Revokes verified", number: true },
        { head: "Exempted", number: true },
        { head: "Still to do", number: true },
      ]}
    >
      {reviews.map((review) => (
        <tr key={review.review}>
          <th scope="row" className="min-w-40 [overflow-wrap:anywhere]">
            {review.name}
          </th>
          <td>
            <State {...reviewState(review)} />
          </td>
          <td>
            <Moment at={review.openedAt} />
          </td>
          <td className="whitespace-nowrap">
            <Due review={review} asOf={asOf} />
          </td>
          <td className="number">{count(review.items)}</td>
          <td className="number">{count(review.decided)}</td>
          <td className="number">{count(review.verified)}</td>
          <td className="number">{count(review.exempted)}</td>
          <td className={`number ${review.toDo > 0 ? "font-medium text-risk" : ""}`}>{count(review.toDo)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
