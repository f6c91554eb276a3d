/** The formats that Rollcall reads. A new adapter is added here and nowhere else. */
import type { Adapter } from "./adapter.ts";
import { entra } from "./entra/adapter.ts";
import { entraSignIns } from "./entra-sign-ins/adapter.ts";
import { entraSyncJobs } from "./entra-sync-jobs/adapter.ts";
import { userExport } from "./export/adapter.ts";
import { github } from "./github/adapter.ts";
import { google } from "./google/adapter.ts";
import { hr } from "./hr/adapter.ts";
import { jumpcloud } from "./jumpcloud/adapter.ts";
import { ocsf } from "./ocsf/adapter.ts";
import { okta } from "./okta/adapter.ts";
import { oktaSnapshot } from "./okta-snapshot/adapter.ts";
import { onelogin } from "./onelogin/adapter.ts";
import { scim } from "./scim/adapter.ts";
import { scimTrial } from "./scim-trial/adapter.ts";
import { set } from "./set/adapter.ts";
import { workos } from "./workos/adapter.ts";

/** In the order in which they are asked; no record is of two formats. */
export const ADAPTERS: readonly Adapter[] = [
  okta,
  oktaSnapshot,
  entra,
  entraSignIns,
  entraSyncJobs,
  workos,
  scim,
  scimTrial,
  set,
  github,
  google,
  jumpcloud,
  onelogin,
  ocsf,
  hr,
  userExport,
];

/** The adapter that knows a parsed JSON value as one record of its format; null when none does. Never throws. */
export function detectAdapter(value: unknown): Adapter | null {
  return ADAPTERS.find((adapter) => adapter.detect(value)) ?? null;
}

/** The adapter of a format's name (`okta`); undefined for a name that no adapter has. */
export function adapterOf(format: string): Adapter | undefined {
  return ADAPTERS.find((adapter) => adapter.format === format);
}
