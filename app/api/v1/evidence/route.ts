/** POST /api/v1/evidence {"id"?, "from"?, "to"?, "asOf"?, "application"?, "customer"?, "pseudonymise"?}: begins a pack; /api/v1/jobs tells how far it is. */
import { z } from "zod";
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { withPseudonyms } from "../../../../lib/evidence/with-pseudonyms.ts";
import { beginEvidence } from "../../../../lib/jobs/begin-evidence.ts";
import { parseParams, within } from "../../../../lib/reports/params.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const text = z.string().max(255).optional();
const Body = z.strictObject({
  id: z.uuid().optional(),
  from: text,
  to: text,
  asOf: text,
  application: text,
  customer: text,
  pseudonymise: z.boolean().optional(),
});
const EXPECTED =
  "Send a JSON object with any of id, from, to, asOf, application and customer, all of them texts, and pseudonymise, true or false.";

export const POST = guarded("evidence", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID(), pseudonymise, ...raw } = await readJson(request, Body, EXPECTED);
    const params = within(by, parseParams(raw));
    beginEvidence(
      db,
      workspace,
      by,
      id,
      pseudonymise ? withPseudonyms(installationSecret(), workspace, params) : params,
    );
    return Response.json({ id }, { status: 202 });
  }),
);
