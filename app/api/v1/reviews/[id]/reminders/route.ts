/** POST /api/v1/reviews/ID/reminders: reminds everybody who has items to decide, now; answers with how many were reached. */
import { installationSecret } from "../../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { remindReviewers } from "../../../../../../lib/reviews/remind-reviewers.ts";
import { reviewLink } from "../../../../../../lib/reviews/review-link.ts";
import { answer } from "../../../answer.ts";

export const POST = guarded(
  "run-reviews",
  ({ db, workspace, by }, _, { params }: { params: Promise<{ id: string }> }) =>
    answer(async () => {
      const surroundings = { linkOf: reviewLink, installation: installationSecret() };
      return { sent: await remindReviewers(db, workspace, by, (await params).id, "now", surroundings) };
    }),
);
