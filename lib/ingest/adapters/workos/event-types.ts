/** WorkOS's event types and what each witnesses: docs/semantics.md §2, docs/formats/workos.md. */
import type { Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

/** What the event's `data` hold. */
type Data = "user" | "membership" | "group" | "directory" | "token" | "anything";

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  data: Data;
}

const directory = (operation: Operation, object: ObjectKind, data: Data): EventType => ({
  layer: "directory",
  operation,
  object,
  data,
});

const TYPES = new Map<string, EventType>([
  ["dsync.user.created", directory("create", "user", "user")],
  ["dsync.user.updated", directory("update", "user", "user")],
  ["dsync.user.deleted", directory("delete", "user", "user")],
  ["dsync.group.user_added", directory("member-add", "user", "membership")],
  ["dsync.group.user_removed", directory("member-remove", "user", "membership")],
  ["dsync.group.created", directory("create", "group", "group")],
  ["dsync.group.updated", directory("update", "group", "group")],
  ["dsync.group.deleted", directory("delete", "group", "group")],
  ["dsync.activated", directory("create", "application", "directory")],
  ["dsync.deactivated", directory("deactivate", "application", "directory")],
  ["dsync.deleted", directory("delete", "application", "directory")],
  ["dsync.token.created", directory("credential-create", "credential", "token")],
  ["dsync.token.revoked", directory("credential-revoke", "credential", "token")],
]);

/** Events are facts; only those of sign-ins can tell of one that failed (`authentication.password_failed`). */
export function outcomeOfType(nativeType: string): Outcome {
  return /[._](?:failed|denied)$/.test(nativeType) ? "failure" : "success";
}

/** What an event type witnesses; one that no rule reads has the operation `other` in its best layer. */
export function eventTypeOf(nativeType: string): EventType {
  const known = TYPES.get(nativeType);
  if (known !== undefined) return known;
  const access = /^(?:session|authentication|action|magic_auth|password_reset|email_verification)\b/;
  return {
    layer: access.test(nativeType) ? "access" : "directory",
    operation: "other",
    object: null,
    data: "anything",
  };
}

/** Whether the table has the type. */
export const isKnownType = (nativeType: string): boolean => TYPES.has(nativeType);
