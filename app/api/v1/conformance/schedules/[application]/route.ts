/** /api/v1/conformance/schedules/…: GET tells how often an application is checked by itself; PUT {"everyDays", "level"} sets it. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { LEVELS } from "../../../../../../lib/conformance/finding.ts";
import { showConformanceSchedule } from "../../../../../../lib/conformance/list-schedules.ts";
import { setConformanceSchedule } from "../../../../../../lib/conformance/set-conformance-schedule.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

type Context = { params: Promise<{ application: string }> };

const BODY = z.strictObject({ everyDays: z.number().nullable(), level: z.enum(LEVELS).default("read") });
const EXPECTED = 'Send {"everyDays": 7, or null for by hand alone, "level": "read" or "write"}.';

export const GET = guarded<Context>("workspace", ({ db, workspace }, _, { params }) =>
  answer(async () => showConformanceSchedule(db, workspace, (await params).application)),
);

export const PUT = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const { application } = await params;
    await setConformanceSchedule(db, workspace, by, application, await readJson(request, BODY, EXPECTED));
    return showConformanceSchedule(db, workspace, application);
  }),
);
