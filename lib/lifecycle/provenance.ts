/** How something came to be, as the event that made it tells. docs/semantics.md, "Provenance". */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import type { Provenance } from "./types.ts";

/** An application's clock may run ahead: what it says it made so shortly before provisioning says so is provisioning's. */
const CLOCK_SKEW_MS = 5 * 60_000;

const HUMAN = /^(?:app)?user$|human|person/iu;
const PROVISIONER = /scim|provision/iu;
const CLIENT = /client|app|service|token|integration/iu;

function byActor({ actor, detail }: LoggedEvent): Provenance {
  if (detail === "by-hand") return "by-hand";
  const type = actor?.type ?? "";
  if (HUMAN.test(type)) return "by-hand";
  if (PROVISIONER.test(type) || (CLIENT.test(type) && PROVISIONER.test(actor?.name ?? ""))) return "scim";
  return CLIENT.test(type) ? "bespoke" : "unknown";
}

/** @param event the success that made an account or granted an entitlement. */
export function provenanceOf(event: LoggedEvent): Provenance {
  if (event.layer === "provisioning") return event.operation === "import" ? "import" : "scim";
  return event.layer === "application" ? byActor(event) : "unknown";
}

/** Whether provisioning says that it made what the application's own record seems to have made just before. */
export function explains(event: LoggedEvent, known: { provenance: Provenance; at: Instant }): boolean {
  const fromApplication = ["by-hand", "bespoke", "unknown"].includes(known.provenance);
  return event.layer === "provisioning" && fromApplication && event.at - known.at <= CLOCK_SKEW_MS;
}
