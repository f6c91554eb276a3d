/** GET /api/v1/links: who waits to be decided. POST {a, b, verdict, reason}: decides; answers with the new state. */
import { z } from "zod";
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { withSession } from "../../../../lib/auth/session.ts";
import { decide } from "../../../../lib/identities/decide.ts";
import { linksReport } from "../../../../lib/reports/links.ts";
import { webDb } from "../../../../lib/runtime/web.ts";
import { answer, problem } from "../answer.ts";

const BODY = z.object({
  a: z.string().min(1).max(500),
  b: z.string().min(1).max(500),
  verdict: z.enum(["same", "different", "withdrawn"]),
  reason: z.string().max(2000),
});

export const GET = withSession(() => answer(() => linksReport(webDb(), DEFAULT_WORKSPACE)));

export const POST = withSession(async (request: Request, _context: unknown, session) => {
  const body = BODY.safeParse(await request.json().catch(() => null));
  if (!body.success) {
    return problem(400, "bad_body", "Send a, b, verdict (same, different or withdrawn) and reason as JSON.");
  }
  return answer(async () => {
    await decide(webDb(), DEFAULT_WORKSPACE, { ...body.data, by: session.name });
    return linksReport(webDb(), DEFAULT_WORKSPACE);
  });
});
