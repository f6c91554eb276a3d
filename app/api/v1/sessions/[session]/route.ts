/** DELETE /api/v1/sessions/…: ends somebody's session at once. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { endSessions } from "../../../../../lib/auth/sessions/end-sessions.ts";
import { answer } from "../../answer.ts";

export const DELETE = guarded(
  "members",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ session: string }> }) =>
    answer(async () => {
      const session = z.uuid().safeParse((await params).session);
      if (!session.success) return null;
      const ended = await endSessions(db, workspace, by, { session: session.data });
      return ended === 0 ? null : {};
    }),
);
