/** JumpCloud's event types and what each witnesses: docs/semantics.md §2, docs/formats/jumpcloud.md. */
import type { Detail, Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  detail: Detail | null;
  active: boolean | null;
  /** What the type itself says of the outcome, where success is not the end of it. */
  outcome: Outcome | null;
  /** What the record is about: the user it names, the user who acts, a link between two things, a group, or nothing read. */
  about: "resource" | "self" | "association" | "group" | null;
}

function kind(
  layer: Layer,
  operation: Operation,
  object: ObjectKind | null,
  about: EventType["about"],
  more: Partial<EventType> = {},
): EventType {
  return { layer, operation, object, detail: null, active: null, outcome: null, about, ...more };
}

const directory = (operation: Operation, active: boolean | null = null, detail: Detail | null = null) =>
  kind("directory", operation, "user", "resource", { active, detail });
const provisioning = (operation: Operation) => kind("provisioning", operation, "user", "resource");
const group = (operation: Operation) => kind("directory", operation, "group", "group");
const signIn = kind("access", "sign-in", "user", "self");

const TYPES = new Map<string, EventType>([
  ["user_create", directory("create")],
  ["user_update", directory("update")],
  ["user_delete", directory("delete")],
  ["user_activated", directory("reactivate", true)],
  ["user_suspended", directory("deactivate", false, "suspend")],
  ["user_unsuspended", directory("reactivate", true, "suspend")],
  [
    "user_suspension_schedule_create",
    kind("directory", "deactivate", "user", "resource", { detail: "schedule", outcome: "pending" }),
  ],
  [
    "user_activation_schedule_create",
    kind("directory", "reactivate", "user", "resource", { detail: "schedule", outcome: "pending" }),
  ],
  ["group_create", group("create")],
  ["group_update", group("update")],
  ["group_delete", group("delete")],
  ["association_change", kind("directory", "other", "user", "association")],

  ["user_create_provision", provisioning("create")],
  ["user_update_provision", provisioning("update")],
  ["user_delete_provision", provisioning("delete")],
  ["user_deprovision", provisioning("deactivate")],

  ["user_login_attempt", signIn],
  ["admin_login_attempt", signIn],
  ["sso_auth", signIn],
  ["radius_auth", signIn],
  ["ldap_bind", signIn],
]);

/** Types known by their beginning or end, the first that fits. */
const PARTS: readonly (readonly [RegExp, EventType])[] = [
  [/_(?:de)?provision(?:ed|ing)?$/, kind("provisioning", "other", "user", "resource")],
  [/^(?:ldap|radius|sso|login)_|_login_/, kind("access", "other", null, null)],
  [/^access_management_/, kind("governance", "other", null, null)],
];

/** What an event type witnesses; one that no rule reads has the operation `other` in its best layer. */
export function eventTypeOf(nativeType: string): EventType {
  return (
    TYPES.get(nativeType) ??
    PARTS.find(([part]) => part.test(nativeType))?.[1] ??
    kind("directory", "other", null, null)
  );
}
