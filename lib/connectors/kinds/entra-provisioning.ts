/** Entra's provisioning logs: `GET /auditLogs/provisioning` (learn.microsoft.com, "List provisioningObjectSummary"). */
import { iso } from "../../reports/base.ts";
import { connector } from "../connector.ts";
import { ENTRA_SETTINGS, type EntraSettings, entraAuthorizer, graphBase, graphLog } from "./entra.ts";

/** The least that a tenant with a licence keeps; where there is less, less comes. */
const DAYS = 30;

/** `activityDateTime` is compared by gt and lt alone: so it begins a millisecond earlier. A link to more comes only with $top. */
const address = (from: number, to: number): string =>
  `/v1.0/auditLogs/provisioning?${new URLSearchParams({
    $filter: `activityDateTime gt ${iso(from - 1)} and activityDateTime lt ${iso(to)}`,
    $top: "500",
  })}`;

export const entraProvisioning = connector<EntraSettings>({
  kind: "entra-provisioning",
  label: "Microsoft Entra provisioning logs",
  format: "entra",
  source: "entra",
  everySeconds: 300,
  days: DAYS,
  settings: ENTRA_SETTINGS,
  base: graphBase,
  authorizer: entraAuthorizer,
  pages: (pull) => graphLog(pull, DAYS, address),
});
