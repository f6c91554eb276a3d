/**
 * POST /api/v1/reviews/ID/decisions {decisions: [{item, version, decision, reason?, remove?, seconds?}]}: decides items.
 * Answers with those decided, and with those that somebody changed since `version`, as they stand now.
 */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { DECISIONS } from "../../../../../../lib/reviews/contract.ts";
import { decideItems, MOST_DECISIONS } from "../../../../../../lib/reviews/decide-items.ts";
import { storable } from "../../../../../../lib/reviews/input.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({
  decisions: z
    .array(
      z.object({
        item: z.string().max(100),
        version: z.int().positive(),
        decision: z.enum([...DECISIONS, "withdraw"]),
        reason: storable(2_000).optional(),
        remove: z.array(storable(500)).max(1_000).optional(),
        seconds: z.number().nonnegative().optional(),
      }),
    )
    .min(1)
    .max(MOST_DECISIONS),
});
const EXPECTED = `Send decisions as JSON, 1 to ${MOST_DECISIONS}, each with item, version and decision (${DECISIONS.join(", ")} or withdraw); with revoke, change and keep of a flagged item a reason; with change what to remove.`;

export const POST = guarded(
  "review",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const { decisions } = await readJson(request, BODY, EXPECTED);
      return decideItems(db, workspace, by, id, decisions);
    });
  },
);
