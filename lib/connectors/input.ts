/** What people say of a connector, checked. */
import { OWN_SOURCE } from "../../db/log/segment.ts";
import type { Connector } from "./connector.ts";
import { ConnectorProblem } from "./problem.ts";

/** Names go into links and addresses: short and plain, as sources' names are. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/u;

/** Vendors' limits are for a few calls a minute. */
const SHORTEST_SECONDS = 30;
const LONGEST_SECONDS = 7 * 86_400;

/** Certificates with their keys are some kilobytes. */
const LONGEST_SECRET = 20_000;

/** @throws {ConnectorProblem} */
export function nameOf(name: string, what: "connector" | "source"): string {
  if (NAME.test(name) && name !== OWN_SOURCE) return name;
  throw new ConnectorProblem(
    "bad-settings",
    `A ${what}'s name is 1 to 63 lower-case letters, digits, dots, dashes and underscores, not "${name}"${name === OWN_SOURCE ? ", which is the name of what is decided here" : ""}.`,
  );
}

/** @param seconds null: the connector's own. @throws {ConnectorProblem} */
export function everyOf(connector: Connector, seconds: number | null): number {
  if (seconds === null) return connector.everySeconds;
  if (Number.isInteger(seconds) && seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds;
  throw new ConnectorProblem(
    "bad-settings",
    `A connector runs every ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} seconds, not every ${seconds}.`,
  );
}

/** @throws {ConnectorProblem} */
export function secretOf(text: string): string {
  const secret = text.trim();
  if (secret !== "" && secret.length <= LONGEST_SECRET) return secret;
  throw new ConnectorProblem(
    "secret-needed",
    "Give the secret: the token, the key, or the certificate with its key.",
  );
}
