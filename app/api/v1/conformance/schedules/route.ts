/** GET /api/v1/conformance/schedules: which applications are checked by a schedule, and when next. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { listConformanceSchedules } from "../../../../../lib/conformance/list-schedules.ts";
import { answer } from "../../answer.ts";

export const GET = guarded("workspace", ({ db, workspace }) =>
  answer(async () => ({ rows: await listConformanceSchedules(db, workspace) })),
);
