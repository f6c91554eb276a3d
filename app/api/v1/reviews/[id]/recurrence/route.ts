/** PUT /api/v1/reviews/ID/recurrence {every}: how often it is opened again; null: not any more. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { EVERY } from "../../../../../../lib/reviews/contract.ts";
import { setRecurrence } from "../../../../../../lib/reviews/set-recurrence.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({ every: z.enum(EVERY).nullable() });

export const PUT = guarded(
  "run-reviews",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const { every } = await readJson(request, BODY, `Send every as JSON: ${EVERY.join(", ")} or null.`);
      await setRecurrence(db, workspace, by, id, every);
      return { every };
    });
  },
);
