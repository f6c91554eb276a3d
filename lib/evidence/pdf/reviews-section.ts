/** Access reviews, each with its closing state, its reviewers and what was exempted. */
import type { PackDigest, ReviewDigest } from "../digest.ts";
import type { Sheet } from "./sheet.ts";
import { table } from "./table.ts";
import { count, day, duration, moment, share } from "./words.ts";

function stateOf({ state, closedAt, endedAt, overdue, dueAt }: ReviewDigest): string {
  if (state === "closed") return `Closed ${moment(closedAt)}: each revoke is shown to be done, or exempt.`;
  if (state === "ended")
    return `Ended ${moment(endedAt)}, not closed: not all that was decided is shown to be done.`;
  return overdue ? `Running, and due since ${day(dueAt)}.` : `Running, due ${day(dueAt)}.`;
}

function reviewBlock(sheet: Sheet, review: ReviewDigest): void {
  const { counts } = review;
  sheet.subheading(review.name);
  sheet.paragraph(stateOf(review), { weight: "strong", after: 4 });
  sheet.facts([
    ["Opened", `${moment(review.openedAt)} by ${review.openedBy}`],
    ["Reviewed", `${count(review.population.rows)} items as of ${moment(review.asOf)}`],
    ["List's SHA-256", review.population.sha256],
    [
      "Decided",
      `${count(counts.kept)} kept, ${count(counts.verified)} revoked and shown to be done, ${count(counts["to-do"])} revoked and not yet done, ${count(counts.exempt)} exempt, ${count(counts["cant-say"])} can't say`,
    ],
    ["Not decided", `${count(counts.open)} open, ${count(counts.disputed)} on which two reviewers differ`],
  ]);
  table(sheet, {
    columns: [
      { title: "Reviewer", part: 28, cell: ({ name }) => name },
      { title: "Decided", part: 12, align: "right", cell: ({ decided }) => count(decided) },
      {
        title: "Open",
        part: 9,
        align: "right",
        cell: ({ open }) => count(open),
        tone: ({ open }) => (open > 0 ? "risk" : undefined),
      },
      {
        title: "Time an item took",
        part: 16,
        align: "right",
        cell: ({ medianSeconds }) => duration(medianSeconds),
      },
      {
        title: "At once with others",
        part: 17,
        align: "right",
        cell: ({ bulkShare, decided }) => (decided === 0 ? "–" : share(Math.round(bulkShare * 1000), 1000)),
      },
      { title: "Never opened", part: 13, align: "right", cell: ({ neverOpened }) => count(neverOpened) },
      { title: "Kept with a flag", part: 14, align: "right", cell: ({ keptFlagged }) => count(keptFlagged) },
    ],
    ...review.reviewers,
    file: `reviews/${review.review}.json`,
    empty: "It has no reviewers.",
  });
  if (review.exemptions.all === 0) return;
  sheet.paragraph("Exempt: revoked, and not done for a reason", { weight: "strong", after: 2 });
  table(sheet, {
    columns: [
      { title: "Account", part: 26, cell: ({ userName, account }) => userName ?? account },
      { title: "Application", part: 18, cell: ({ application }) => application },
      { title: "Reason", part: 32, cell: ({ reason }) => reason },
      { title: "Answers for it", part: 14, cell: ({ owner }) => owner },
      { title: "Until", part: 10, cell: ({ until }) => day(until) },
    ],
    ...review.exemptions,
    file: `reviews/${review.review}.csv`,
    empty: "",
  });
}

export function reviewsSection(sheet: Sheet, { reviews }: PackDigest): void {
  sheet.heading("Access reviews");
  if (reviews === null) {
    sheet.paragraph("This pack is of a part of the workspace, and has no reviews: those name others too.", {
      tone: "soft",
    });
    return;
  }
  if (reviews.all === 0) sheet.paragraph("No access review had been opened.", { tone: "soft" });
  if (reviews.all > reviews.rows.length)
    sheet.note(
      `The newest ${count(reviews.rows.length)} of ${count(reviews.all)}; the others are in the folder reviews.`,
    );
  for (const review of reviews.rows.toReversed()) reviewBlock(sheet, review);
}
