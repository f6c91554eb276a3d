/** GET /api/v1/log/checkpoint: the log's head, signed at most once an hour (C2SP tlog-checkpoint). */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { recentCheckpoint } from "../../../../../lib/transparency/publish-head.ts";
import { answer } from "../../answer.ts";

export const GET = guarded("evidence", ({ db, workspace }) =>
  answer(async () => {
    const { checkpoint } = await recentCheckpoint(db, workspace, Date.now());
    return new Response(checkpoint, { headers: { "content-type": "text/plain; charset=utf-8" } });
  }),
);
