/** POST /api/v1/reviews/preview, with what would open a review: how many items it would have, and for whom. Changes nothing. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { REVIEW_INPUT } from "../../../../../lib/reviews/input.ts";
import { previewReview } from "../../../../../lib/reviews/preview-review.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";
import { EXPECTED_REVIEW } from "../expected.ts";

export const POST = guarded("run-reviews", ({ db, workspace, by }, request) =>
  answer(async () =>
    previewReview(db, workspace, by, await readJson(request, REVIEW_INPUT, EXPECTED_REVIEW)),
  ),
);
