/** GET /api/v1/reviews: the access reviews that one may see. POST {name, scope, dueAt, …}: opens one, answers with its id. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { REVIEW_INPUT } from "../../../../lib/reviews/input.ts";
import { openReview } from "../../../../lib/reviews/open-review.ts";
import { listReviews } from "../../../../lib/reviews/read.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";
import { EXPECTED_REVIEW } from "./expected.ts";

export const GET = guarded("see-reviews", ({ db, workspace, by }) =>
  answer(() => listReviews(db, workspace, by)),
);

export const POST = guarded("run-reviews", ({ db, workspace, by }, request) =>
  answer(async () => openReview(db, workspace, by, await readJson(request, REVIEW_INPUT, EXPECTED_REVIEW))),
);
