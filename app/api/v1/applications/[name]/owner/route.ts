/** PUT /api/v1/applications/NAME/owner {member}: who owns an application, and so reviews the access to it; null: nobody. */
import { z } from "zod";
import { setApplicationOwner } from "../../../../../../lib/applications/set-application-owner.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const BODY = z.object({ member: z.uuid().nullable() });

export const PUT = guarded(
  "settings",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) => {
    const { name } = await params;
    return answer(async () => {
      const { member } = await readJson(request, BODY, "Send member, a member's id or null, as JSON.");
      await setApplicationOwner(db, workspace, by, name, member);
      return { member };
    });
  },
);
