/** DELETE /api/v1/tokens/…: revokes a token at once. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { revokeToken } from "../../../../../lib/auth/tokens/revoke-token.ts";
import { answer } from "../../answer.ts";

export const DELETE = guarded(
  "tokens",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ token: string }> }) =>
    answer(async () => {
      const token = z.uuid().safeParse((await params).token);
      if (!token.success) return null;
      await revokeToken(db, workspace, by, token.data);
      return {};
    }),
);
