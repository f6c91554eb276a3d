/** DELETE /api/v1/session: signs out. */
import { cookies } from "next/headers";
import { sessionCookie } from "../../../../lib/auth/cookie.ts";
import { dbOfWorkspace, guarded } from "../../../../lib/auth/guard.ts";
import { endSessions } from "../../../../lib/auth/sessions/end-sessions.ts";
import { answer } from "../answer.ts";

export const DELETE = guarded("own", ({ by, workspace, session }) =>
  answer(async () => {
    const db = await dbOfWorkspace(workspace);
    if (session !== null && db !== null) await endSessions(db, workspace, by, { session });
    (await cookies()).delete(sessionCookie().name);
    return {};
  }),
);
