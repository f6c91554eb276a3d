/** POST /api/v1/reviews/ID/opened {items}: the reviewer has opened these items. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { markOpened } from "../../../../../../lib/reviews/mark-opened.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({ items: z.array(z.string().max(100)).min(1).max(500) });

export const POST = guarded(
  "review",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const { items } = await readJson(request, BODY, "Send items as JSON, 1 to 500 of their ids.");
      await markOpened(db, workspace, by, id, items);
      return {};
    });
  },
);
