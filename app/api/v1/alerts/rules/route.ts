/** PUT /api/v1/alerts/rules {rules, zone}: which rules raise alerts, from which number on, and the time zone of the digest. */
import { z } from "zod";
import { listAlerts } from "../../../../../lib/alerts/list-alerts.ts";
import { setAlertRules } from "../../../../../lib/alerts/set-alert-rules.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const RULE = z.strictObject({ on: z.boolean().optional(), threshold: z.number().optional() });
const BODY = z.strictObject({
  rules: z.record(z.string().max(40), RULE).optional(),
  zone: z.string().max(64).optional(),
});
const EXPECTED =
  'Send what changes: {"rules": {"sla": {"on": true, "threshold": 4}, …}, "zone": "Europe/Berlin"}.';

export const PUT = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    await setAlertRules(db, workspace, by, await readJson(request, BODY, EXPECTED));
    const { rules, zone, nextDigestAt } = await listAlerts(db, workspace);
    return { rules, zone, nextDigestAt };
  }),
);
