/** POST /api/v1/reviews/ID/delegations {to, items?}: gives items, or all that one has yet to decide, to another reviewer. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { delegateItems } from "../../../../../../lib/reviews/delegate-items.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({
  to: z.uuid(),
  items: z.array(z.string().max(100)).min(1).max(20_000).nullable().default(null),
});

export const POST = guarded(
  "review",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const wish = await readJson(request, BODY, "Send to, a member's id, and as you like items as JSON.");
      return delegateItems(db, workspace, by, id, wish);
    });
  },
);
