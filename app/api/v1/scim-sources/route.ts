/**
 * GET /api/v1/scim-sources: what identity providers provision into. POST {source, customer?, governsMembers?}: makes one, and tells
 * its token this once.
 */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { addScimSource } from "../../../../lib/scim-server/add-scim-source.ts";
import { SCIM_PATH } from "../../../../lib/scim-server/answer.ts";
import { listScimSources } from "../../../../lib/scim-server/list-scim-sources.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.strictObject({
  source: z.string().max(100),
  customer: z.string().max(255).nullable().optional(),
  governsMembers: z.boolean().default(false),
});
const EXPECTED =
  "Send source (a name), and customer (a name) and governsMembers (true or false) if you like, as JSON.";

const url = () => new URL(SCIM_PATH, process.env.NEXTAUTH_URL).href;

export const GET = guarded("operate", ({ db, workspace, by }) =>
  answer(async () => ({ url: url(), ...(await listScimSources(db, workspace, by)) })),
);

export const POST = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const body = await readJson(request, BODY, EXPECTED);
    return { ...(await addScimSource(db, workspace, by, body)), url: url() };
  }),
);
