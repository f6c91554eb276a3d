/** GET /api/v1/reviews/ID/items/ITEM: one item, and all that was done with it. */
import { guarded } from "../../../../../../../lib/auth/guard.ts";
import { itemStory } from "../../../../../../../lib/reviews/read.ts";
import { answer } from "../../../../answer.ts";

export const GET = guarded(
  "see-reviews",
  async ({ db, workspace, by }, _request, { params }: { params: Promise<{ id: string; item: string }> }) => {
    const { id, item } = await params;
    return answer(() => itemStory(db, workspace, by, id, item));
  },
);
