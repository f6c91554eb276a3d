/** DELETE /api/v1/shares/…: revokes a shared link at once. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { revokeShare } from "../../../../../lib/shares/revoke-share.ts";
import { answer } from "../../answer.ts";

export const DELETE = guarded(
  "share",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ share: string }> }) =>
    answer(async () => {
      const share = z.uuid().safeParse((await params).share);
      if (!share.success) return null;
      await revokeShare(db, workspace, by, share.data);
      return {};
    }),
);
