/** The way to a connector's vendor: its settings as it reads them, its secret, its calls. */
import type { Connector as Stored } from "../../db/queries/connectors.ts";
import type { Connector } from "./connector.ts";
import { Http } from "./http.ts";
import { ConnectorProblem } from "./problem.ts";
import { connectorOf } from "./registry.ts";
import { openSecret } from "./secret.ts";

export interface Vendor {
  connector: Connector;
  settings: unknown;
  http: Http;
}

/** @throws {ConnectorProblem} when they are not those of the connector's kind. */
export function settingsOf(connector: Connector, settings: unknown): unknown {
  const read = connector.settings.safeParse(settings);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (${issue.path.join(".")})`;
  throw new ConnectorProblem(
    "bad-settings",
    `The settings${where} are not those of ${connector.label}: ${issue?.message ?? "nothing is known of why"}.`,
  );
}

/**
 * @param secret open. @param stop ends what waits.
 * @throws {ConnectorProblem} when the settings or the secret are of no use.
 */
export function vendorOf(kind: string, given: unknown, secret: string, stop?: AbortSignal): Vendor {
  const connector = connectorOf(kind);
  const settings = settingsOf(connector, given);
  return {
    connector,
    settings,
    http: new Http(connector.base(settings), connector.authorizer(settings, secret), stop),
  };
}

/** The same of one that is set up. @param installation the secret of this installation. */
export async function vendorOfStored(
  stored: Pick<Stored, "kind" | "name" | "settings" | "secret">,
  installation: string,
  stop?: AbortSignal,
): Promise<Vendor> {
  return vendorOf(stored.kind, stored.settings, await openSecret(installation, stored), stop);
}
