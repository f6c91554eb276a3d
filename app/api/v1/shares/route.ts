/** GET /api/v1/shares: all shared links. POST {customer} or {auditor: true}, label?, until?: makes one, and tells it this once. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { createShare } from "../../../../lib/shares/create-share.ts";
import { listShares } from "../../../../lib/shares/list-shares.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.strictObject({
  customer: z.string().max(255).optional(),
  auditor: z.boolean().optional(),
  label: z.string().max(200).optional(),
  until: z.string().max(40).optional(),
});
const EXPECTED = "Send customer (a name) or auditor (true) as JSON, and label and until if you like.";

export const GET = guarded("share", ({ db, workspace, by }) => answer(() => listShares(db, workspace, by)));

export const POST = guarded("share", ({ db, workspace, by }, request) =>
  answer(async () => {
    const body = await readJson(request, BODY, EXPECTED);
    const { share, label, path, expiresAt } = await createShare(db, workspace, by, body);
    return {
      share,
      label,
      url: new URL(path, process.env.NEXTAUTH_URL).href,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }),
);
