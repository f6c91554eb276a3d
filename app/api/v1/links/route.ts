/** GET /api/v1/links: who waits to be decided. POST {a, b, verdict, reason}: decides; answers with the new state. */
import { z } from "zod";
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { withSession } from "../../../../lib/auth/session.ts";
import { decide } from "../../../../lib/identities/decide.ts";
import { linksReport } from "../../../../lib/reports/links.ts";
import { webDb } from "../../../../lib/runtime/web.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.object({
  a: z.string().min(1).max(500),
  b: z.string().min(1).max(500),
  verdict: z.enum(["same", "different", "withdrawn"]),
  reason: z.string().max(2000),
});
const EXPECTED = "Send a, b, verdict (same, different or withdrawn) and reason as JSON.";

export const GET = withSession(() => answer(() => linksReport(webDb(), DEFAULT_WORKSPACE)));

export const POST = withSession((request: Request, _context: unknown, session) =>
  answer(async () => {
    const body = await readJson(request, BODY, EXPECTED);
    await decide(webDb(), DEFAULT_WORKSPACE, { ...body, by: session.name });
    return linksReport(webDb(), DEFAULT_WORKSPACE);
  }),
);
