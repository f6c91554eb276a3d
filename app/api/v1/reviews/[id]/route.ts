/** GET /api/v1/reviews/ID: one access review with the figures of its reviewers; to a reviewer of the own items alone. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { readReview } from "../../../../../lib/reviews/read.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "see-reviews",
  async ({ db, workspace, by }, _request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(() => readReview(db, workspace, by, id));
  },
);
