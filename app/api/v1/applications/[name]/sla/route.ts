/** PUT /api/v1/applications/…/sla: how soon leavers' accounts there are to end; null takes it away. */
import { z } from "zod";
import { setSla } from "../../../../../../lib/applications/set-sla.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { applicationReport } from "../../../../../../lib/reports/application.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

/** A year: what takes longer is no promise that anybody waits for. */
const MOST_HOURS = 8760;
const Body = z.object({ hours: z.number().positive().max(MOST_HOURS).nullable() });
const EXPECTED = `Send {"hours": …}: a number above 0 and up to ${MOST_HOURS}, or null for the default.`;

export const PUT = guarded(
  "settings",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) =>
    answer(async () => {
      const { hours } = await readJson(request, Body, EXPECTED);
      const known = await applicationReport(db, workspace, (await params).name);
      if (known === null) return null;
      await setSla(db, workspace, by, known.application, hours);
      return { application: known.application, hours };
    }),
);
