/** Which capability of the coverage map an operation belongs to, and which operations mend one another. */
import type { LoggedEvent, Operation } from "../ingest/event.ts";
import type { Capability } from "./types.ts";

const BY_OPERATION: Partial<Record<Operation, Capability>> = {
  create: "joiner",
  reactivate: "joiner",
  update: "mover",
  deactivate: "leaver",
  delete: "leaver",
  "member-add": "roles",
  "member-remove": "roles",
  "role-grant": "roles",
  "role-revoke": "roles",
};

/** The capability of an operation on an account, or on a group. */
export function capabilityOfOperation(operation: Operation, onGroup: boolean): Capability | null {
  const capability = BY_OPERATION[operation] ?? null;
  return onGroup && capability !== null ? "roles" : capability;
}

/** The capability that an event is about; null for reads, imports, and what is about the connection itself. */
export function capabilityOf(event: LoggedEvent): Capability | null {
  if (event.object === "application" || event.object === "credential") return null;
  return capabilityOfOperation(event.operation, event.object === "group");
}

/** An attempt to carry a change to an application that came to an end: neither skipped nor pending. */
export function isAttempt(event: LoggedEvent): boolean {
  return event.layer === "provisioning" && (event.outcome === "success" || event.outcome === "failure");
}

/**
 * The kind of an operation: a later success of the same kind mends a failure. Create and reactivate are one, deactivate
 * and delete one; a role operation is mended by the same operation on the same entitlement, a group's by any on it.
 */
export function kindOf(event: LoggedEvent): string {
  if (event.object === "group") return `group ${event.entitlement?.id ?? event.entitlement?.name ?? ""}`;
  const capability = capabilityOf(event);
  if (capability === "roles") return `${event.operation} ${event.entitlement?.name ?? ""}`;
  return capability ?? event.operation;
}
