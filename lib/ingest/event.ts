/**
 * The normal form: the one shape that every source's records are brought into.
 * Pure types; adapters make them, the lifecycle rules read them.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. Event time unless a name says otherwise. */
export type Instant = number;

/** What an event witnesses. */
export const LAYERS = ["directory", "provisioning", "application", "access", "governance"] as const;
export type Layer = (typeof LAYERS)[number];

/** SCIM's operations and the few that provisioning needs beside them. `other` is kept, counted and shown. */
export const OPERATIONS = [
  "create",
  "update",
  "deactivate",
  "reactivate",
  "delete",
  "member-add",
  "member-remove",
  "role-grant",
  "role-revoke",
  "sign-in",
  "credential-create",
  "credential-revoke",
  "import",
  "read",
  "other",
] as const;
export type Operation = (typeof OPERATIONS)[number];

export const OUTCOMES = ["success", "failure", "skipped", "pending"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const ERROR_CLASSES = [
  "authentication",
  "rate-limit",
  "uniqueness",
  "invalid-value",
  "missing-attribute",
  "mapping",
  "not-found",
  "unsupported",
  "licence",
  "timeout",
  "server",
  "quarantine",
  "unknown",
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** The SCIM resource, or the thing beside it, that the operation was about. */
export type ObjectKind = "user" | "group" | "credential" | "application";

/** A person or non-human identity as the source names it. At least one member is set. */
export interface PersonRef {
  /** The source's immutable id (Okta user id, Entra object id, WorkOS directory_user id). */
  id: string | null;
  /** The id another system knows the person by (SCIM externalId, WorkOS idp_id). */
  externalId: string | null;
  userName: string | null;
  email: string | null;
  displayName: string | null;
}

export interface ApplicationRef {
  /** The source's id of the application (Okta AppInstance id, Entra service principal id). */
  id: string | null;
  /** The label people know it by. */
  name: string;
}

/** One identity's record in one application. */
export interface AccountRef {
  id: string | null;
  userName: string | null;
  displayName: string | null;
}

export interface EntitlementRef {
  kind: "group" | "role" | "licence" | "assignment";
  id: string | null;
  name: string;
}

export interface CredentialRef {
  id: string;
  name: string;
}

export interface ActorRef {
  id: string | null;
  type: string | null;
  name: string | null;
}

export interface EventError {
  class: ErrorClass;
  /** The source's own code, as it stands (`ContosoEntryConflict`), or the HTTP status as text, or null. */
  code: string | null;
  httpStatus: number | null;
  /** RFC 7644 §3.12, where the record has it. */
  scimType: string | null;
  /** The vendor's words, quoted as they are. */
  message: string | null;
  /** The source's own advice, where it gives any. */
  advice: string | null;
}

/** What the operation alone does not tell and the rules need. */
export type Detail =
  /** A suspension: comes back by `unsuspend`; a leave of absence is no leaver. */
  | "suspend"
  /** The source asked for it; it is to happen later, at `effectiveAt` where the source says when. */
  | "schedule"
  /** The employment ended: the word of an HR system. */
  | "termination"
  /** The whole connection to the application is held back. */
  | "quarantine"
  /** The identity provider's record that the person may use the application: no proof of an account there. */
  | "assignment"
  /** Somebody ticked off that it was done by hand at the application. */
  | "by-hand"
  /** Somebody tried out whether the application does it: of no account, and no provisioning. */
  | "trial";

export interface NormalEvent {
  /** The record's own id at its source. */
  nativeId: string | null;
  /** The source's own name of what happened. */
  nativeType: string;
  at: Instant;
  /** When it takes effect, where the record says so apart from `at`, which is when it was said. */
  effectiveAt: Instant | null;
  layer: Layer;
  operation: Operation;
  outcome: Outcome;
  object: ObjectKind | null;
  detail: Detail | null;
  /** The state that the record asserts of the account or, in the directory layer, of the identity. */
  active: boolean | null;
  person: PersonRef | null;
  application: ApplicationRef | null;
  account: AccountRef | null;
  entitlement: EntitlementRef | null;
  /** The credential created, revoked, or used. */
  credential: CredentialRef | null;
  actor: ActorRef | null;
  error: EventError | null;
  /** Directory attributes after the change that the rules read: department, title, manager. */
  attributes: Record<string, string> | null;
  /** The same attributes before the change, where the record tells them. */
  attributesBefore: Record<string, string> | null;
  /** What ties attempts of one change together (Entra changeId, Okta transaction id). */
  correlationId: string | null;
}

/** A normal event with its place in the log. */
export interface LoggedEvent extends NormalEvent {
  /** Identity of the event: hex fingerprint of the record, a colon, the event's ordinal within the record. */
  id: string;
  sourceId: string;
}
