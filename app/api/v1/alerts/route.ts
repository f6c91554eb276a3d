/** GET /api/v1/alerts: what is open, what was resolved, the rules, and the channels without their secrets. */
import { listAlerts } from "../../../../lib/alerts/list-alerts.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { answer } from "../answer.ts";

export const GET = guarded("workspace", ({ db, workspace }) => answer(() => listAlerts(db, workspace)));
