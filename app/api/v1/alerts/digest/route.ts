/** GET /api/v1/alerts/digest: the digest as it would be sent now. */
import { digestOf, weekBefore } from "../../../../../lib/alerts/digest.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { answer } from "../../answer.ts";

export const GET = guarded("workspace", ({ db, workspace }) =>
  answer(() => {
    const now = Date.now();
    return digestOf(db, workspace, { now, since: weekBefore(now) });
  }),
);
