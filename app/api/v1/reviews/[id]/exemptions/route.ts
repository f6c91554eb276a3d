/** POST /api/v1/reviews/ID/exemptions {item, reason, owner, until}: what was to be revoked may stay for a while. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { exemptItem } from "../../../../../../lib/reviews/exempt-item.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({
  item: z.string().max(100),
  reason: z.string().max(2_000),
  owner: z.string().max(200),
  until: z.string().max(40),
});

export const POST = guarded(
  "run-reviews",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const wish = await readJson(request, BODY, "Send item, reason, owner and until as JSON.");
      await exemptItem(db, workspace, by, id, wish);
      return {};
    });
  },
);
