/** Entra's sign-ins: `GET /auditLogs/signIns` (learn.microsoft.com, "List signIns"). Version 1.0 has those of people, at a screen. */
import { iso } from "../../reports/base.ts";
import { connector } from "../connector.ts";
import { ENTRA_SETTINGS, type EntraSettings, entraAuthorizer, graphBase, graphLog } from "./entra.ts";

/** What a tenant with a premium licence keeps; without one, seven. */
const DAYS = 30;

const address = (from: number, to: number): string =>
  `/v1.0/auditLogs/signIns?${new URLSearchParams({
    $filter: `createdDateTime ge ${iso(from)} and createdDateTime le ${iso(to)}`,
    $top: "1000",
  })}`;

export const entraSignIns = connector<EntraSettings>({
  kind: "entra-sign-ins",
  label: "Microsoft Entra sign-ins",
  format: "entra-sign-ins",
  source: "entra-sign-ins",
  everySeconds: 300,
  days: DAYS,
  settings: ENTRA_SETTINGS,
  base: graphBase,
  authorizer: entraAuthorizer,
  pages: (pull) => graphLog(pull, DAYS, address),
});
