/** The connectors that Rollcall has. A new one is added here and nowhere else. */
import type { Connector } from "./connector.ts";
import { entraProvisioning } from "./kinds/entra-provisioning.ts";
import { entraSignIns } from "./kinds/entra-sign-ins.ts";
import { entraSyncJobs } from "./kinds/entra-sync-jobs.ts";
import { oktaLogs } from "./kinds/okta-logs.ts";
import { oktaSnapshot } from "./kinds/okta-snapshot.ts";
import { scimApplication } from "./kinds/scim-application.ts";
import { setPoll } from "./kinds/set-poll.ts";
import { workosEvents } from "./kinds/workos-events.ts";
import { ConnectorProblem } from "./problem.ts";

export const CONNECTORS: readonly Connector[] = [
  oktaLogs,
  oktaSnapshot,
  entraProvisioning,
  entraSignIns,
  entraSyncJobs,
  workosEvents,
  setPoll,
  scimApplication,
];

/** @throws {ConnectorProblem} for a kind that there is none of. */
export function connectorOf(kind: string): Connector {
  const found = CONNECTORS.find((one) => one.kind === kind);
  if (found !== undefined) return found;
  const known = CONNECTORS.map((one) => one.kind).join(", ");
  throw new ConnectorProblem(
    "unknown-kind",
    `There is no connector of the kind "${kind}". There are: ${known}.`,
  );
}
