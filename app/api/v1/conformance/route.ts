/**
 * /api/v1/conformance: whether applications' SCIM services keep to the standard. GET ?application=… lists the reports, the newest
 * first; POST {"application", "level": "read" or "write", "id"?} begins a check, and /api/v1/jobs tells how far it is.
 */
import { z } from "zod";
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { conformanceTarget } from "../../../../lib/conformance/check-conformance.ts";
import { LEVELS } from "../../../../lib/conformance/finding.ts";
import { listConformance } from "../../../../lib/conformance/read-reports.ts";
import { beginConformance } from "../../../../lib/jobs/begin-conformance.ts";
import { answer, problem } from "../answer.ts";
import { readJson } from "../read-json.ts";

const Body = z.strictObject({
  id: z.uuid().optional(),
  application: z.string().trim().min(1).max(255),
  level: z.enum(LEVELS),
});
const EXPECTED = 'Send {"application": …, "level": "read" or "write"}, and "id" with a UUID if you like.';

export const GET = guarded("workspace", ({ db, workspace }, request) =>
  answer(async () => {
    const application = new URL(request.url).searchParams.get("application") ?? "";
    if (application.trim() === "" || application.length > 255)
      return problem(400, "bad_application", "Name the application: ?application=….");
    return { reports: await listConformance(db, workspace, application) };
  }),
);

export const POST = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID(), ...wanted } = await readJson(request, Body, EXPECTED);
    // Said now, and not by work that fails.
    const { label } = await conformanceTarget(db, workspace, wanted, installationSecret());
    beginConformance(db, workspace, by, { id, ...wanted, application: label }, installationSecret());
    return Response.json({ id }, { status: 202 });
  }),
);
