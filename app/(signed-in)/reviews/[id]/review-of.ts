/** The review that an address names. */
import { notFound } from "next/navigation";
import { pageVisit, type Visit } from "../../../../lib/auth/guard.ts";
import type { ReviewReport } from "../../../../lib/reviews/contract.ts";
import { ReviewProblem } from "../../../../lib/reviews/problem.ts";
import { readReview } from "../../../../lib/reviews/read.ts";

/** Shows that there is nothing where there is no such review, or none that they may see. */
export async function reviewOf(
  params: Promise<{ id: string }>,
): Promise<{ visit: Visit; report: ReviewReport }> {
  const visit = await pageVisit("see-reviews");
  const { id } = await params;
  const report = await readReview(visit.db, visit.workspace, visit.by, id).catch((error: unknown) => {
    // What is no id names no review.
    if (error instanceof ReviewProblem) return null;
    throw error;
  });
  if (report === null) notFound();
  return { visit, report };
}
