/** The kinds of things that Okta's event types witness; `event-types.ts` says which type is of which kind. */
import type { Detail, ErrorClass, Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  detail: Detail | null;
  /** What the type itself says of the outcome, whatever the record's own result. */
  outcome: Outcome | null;
  errorClass: ErrorClass | null;
  /** Whether the type tells of the identity provider itself, so that an application among the targets is not it. */
  atProvider: boolean;
  /** Whose the credential is, where no user among the targets is its owner; null for what is no credential. */
  owner: "actor" | "client" | null;
}

type More = Partial<Omit<EventType, "layer" | "operation" | "object">>;

function kind(layer: Layer, operation: Operation, object: ObjectKind | null, more: More = {}): EventType {
  return {
    layer,
    operation,
    object,
    detail: null,
    outcome: null,
    errorClass: null,
    atProvider: false,
    owner: null,
    ...more,
  };
}

/** Kept on purpose, and read by no rule. */
export const other = (layer: Layer) => kind(layer, "other", null);

/** The state of a person at Okta. */
export const directory = (operation: Operation, more: More = {}) =>
  kind("directory", operation, "user", { atProvider: true, ...more });
export const suspension = (operation: Operation) => directory(operation, { detail: "suspend" });
/** An administrator's role at Okta itself: no account in an application, and so nothing that a leaver's case waits for. */
export const adminRole = (operation: Operation, object: ObjectKind) =>
  kind("directory", operation, object, { atProvider: object === "user" });
export const directoryGroup = (operation: Operation) => kind("directory", operation, "group");
/** The application as an entry of Okta's list: declared there, whatever is done with it. */
export const inventory = (operation: Operation) => kind("directory", operation, "application");
export const assignment = (operation: Operation) =>
  kind("directory", operation, "user", { detail: "assignment" });
export const byHand = (operation: Operation) => kind("application", operation, "user", { detail: "by-hand" });

/** An attempt on one account. */
export const account = (operation: Operation, more: More = {}) =>
  kind("provisioning", operation, "user", more);
export const scheduled = (operation: Operation) =>
  account(operation, { detail: "schedule", outcome: "pending" });
export const failed = (operation: Operation) => account(operation, { outcome: "failure" });
/** An attempt on a group at the application. */
export const group = (
  operation: Operation,
  outcome: Outcome | null = null,
  errorClass: ErrorClass | null = null,
) => kind("provisioning", operation, "group", { outcome, errorClass });
/** The connection to the application. */
export const connection = (outcome: Outcome | null = null, errorClass: ErrorClass | null = null) =>
  kind("provisioning", "other", "application", { outcome, errorClass });
export const imports = (more: More = {}) => kind("provisioning", "import", "application", more);

export const signIn = (outcome: Outcome | null = null) => kind("access", "sign-in", "user", { outcome });
export const signInAtProvider = (outcome: Outcome | null = null) =>
  kind("access", "sign-in", "user", { outcome, atProvider: true });

/** An API token: it belongs to the user who makes it. */
export const apiToken = (operation: Operation) =>
  kind("directory", operation, "credential", { owner: "actor" });
/** A secret or key of a client or agent: whoever made it, it is the client that is let in. */
export const clientSecret = (operation: Operation) =>
  kind("directory", operation, "credential", { owner: "client" });
