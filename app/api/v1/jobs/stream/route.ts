/** GET /api/v1/jobs/stream: the same as server-sent events, as it changes. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { jobsStream } from "../../../../../lib/jobs/jobs-stream.ts";
import { stopping } from "../../../../../lib/runtime/stopping.ts";
import { problem } from "../../answer.ts";

export const GET = guarded("read", async ({ db, workspace, by }, request) => {
  const stop = AbortSignal.any([request.signal, stopping()]);
  const stream = jobsStream(db, { workspace, by }, stop);
  if (stream === null)
    return problem(503, "busy", "Too many pages follow the work. Ask for /api/v1/jobs instead.");
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Compressed, the events would wait for each other; a proxy would collect them, too.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
