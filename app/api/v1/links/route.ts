/** GET /api/v1/links: who waits to be decided. POST {a, b, verdict, reason}: decides; answers with the new state. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { decide } from "../../../../lib/identities/decide.ts";
import { linksReport } from "../../../../lib/reports/links.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.object({
  a: z.string().min(1).max(500),
  b: z.string().min(1).max(500),
  verdict: z.enum(["same", "different", "withdrawn"]),
  reason: z.string().max(2000),
});
const EXPECTED = "Send a, b, verdict (same, different or withdrawn) and reason as JSON.";

export const GET = guarded("workspace", ({ db, workspace }) => answer(() => linksReport(db, workspace)));

export const POST = guarded("decide", ({ db, workspace, by }, request) =>
  answer(async () => {
    await decide(db, workspace, by, await readJson(request, BODY, EXPECTED));
    return linksReport(db, workspace);
  }),
);
