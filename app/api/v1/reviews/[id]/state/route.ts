/** POST /api/v1/reviews/ID/state {state}: ended, it takes no more decisions; closed, all that was decided has come true. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { closeReview } from "../../../../../../lib/reviews/close-review.ts";
import { endReview } from "../../../../../../lib/reviews/end-review.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({ state: z.enum(["ended", "closed"]) });

export const POST = guarded(
  "run-reviews",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const { state } = await readJson(request, BODY, "Send state as JSON: ended or closed.");
      await (state === "ended" ? endReview : closeReview)(db, workspace, by, id);
      return {};
    });
  },
);
