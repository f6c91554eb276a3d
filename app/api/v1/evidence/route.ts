/**
 * POST /api/v1/evidence {"id"?, "from"?, "to"?, "asOf"?, "application"?, "customer"?, "template"?, "sample"?, "seed"?}: begins a
 * pack; /api/v1/jobs tells how far it is.
 */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { withTemplate } from "../../../../lib/evidence/templates.ts";
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
  template: text,
  sample: text,
  seed: text,
});
const EXPECTED =
  "Send a JSON object with any of id, from, to, asOf, application, customer, template, sample and seed, all of them texts.";

export const POST = guarded("evidence", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID(), ...raw } = await readJson(request, Body, EXPECTED);
    const params = withTemplate(raw, within(by, parseParams(raw)), Date.now());
    beginEvidence(db, workspace, by, id, params);
    return Response.json({ id }, { status: 202 });
  }),
);
