/**
 * POST /api/v1/evidence {"id"?, "from"?, "to"?, "asOf"?, "application"?, "customer"?, "review"?, "template"?, "sample"?, "seed"?,
 * "pseudonymise"?}: begins a pack; /api/v1/jobs tells how far it is.
 */
import { z } from "zod";
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { evidenceParams } from "../../../../lib/evidence/params.ts";
import { withPseudonyms } from "../../../../lib/evidence/with-pseudonyms.ts";
import { writerApart } from "../../../../lib/evidence/write-apart.ts";
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
  review: text,
  template: text,
  sample: text,
  seed: text,
  pseudonymise: z.boolean().optional(),
});
const EXPECTED =
  "Send a JSON object with any of id, from, to, asOf, application, customer, review, template, sample and seed, all of them texts, and pseudonymise, true or false.";

export const POST = guarded("evidence", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID(), pseudonymise, ...raw } = await readJson(request, Body, EXPECTED);
    const params = evidenceParams(raw, within(by, parseParams(raw)), Date.now());
    const wanted = pseudonymise ? withPseudonyms(installationSecret(), workspace, params) : params;
    beginEvidence(db, workspace, by, id, wanted, writerApart({ workspace, customer: by.customer }));
    return Response.json({ id }, { status: 202 });
  }),
);
