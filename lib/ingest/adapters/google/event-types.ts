/** Google Workspace's report events and what each witnesses: docs/semantics.md §2, docs/formats/google.md. */
import type { Detail, ErrorClass, Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

/** What is given or taken, and the parameters that name it. */
interface Entitlement {
  kind: "group" | "role" | "licence";
  id: string | null;
  name: string;
}

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  outcome: Outcome;
  active: boolean | null;
  /** The parameter that names the user acted on; null: the actor. */
  target: string | null;
  entitlement: Entitlement | string | null;
  /** Where the event happens at another application: the parameter that names it. */
  application: string | null;
  /** What the same event says of the person where Workspace is the directory. */
  directory: { operation: Operation; detail: Detail | null; active: boolean | null } | null;
  /** The parameter that tells of a failure. */
  reason: string | null;
  errorClass: ErrorClass | null;
}

function kind(
  layer: Layer,
  operation: Operation,
  object: ObjectKind | null,
  more: Partial<EventType> = {},
): EventType {
  return {
    layer,
    operation,
    object,
    outcome: "success",
    active: null,
    target: null,
    entitlement: null,
    application: null,
    directory: null,
    reason: null,
    errorClass: null,
    ...more,
  };
}

/** A change of a user is the application's word on the account and the directory's on the person. */
function user(
  operation: Operation,
  active: boolean | null = null,
  detail: Detail | null = null,
  target = "USER_EMAIL",
): EventType {
  return kind("application", operation, "user", {
    target,
    active,
    directory: { operation, detail, active },
  });
}

const granted = (operation: Operation, entitlement: EventType["entitlement"]) =>
  kind("application", operation, "user", { target: "USER_EMAIL", entitlement });
const GROUP: Entitlement = { kind: "group", id: null, name: "GROUP_EMAIL" };
const ROLE: Entitlement = { kind: "role", id: "ROLE_ID", name: "ROLE_NAME" };
const licence = (name: string): Entitlement => ({ kind: "licence", id: null, name });
const group = (operation: Operation) => kind("application", operation, "group", { entitlement: GROUP });
const disabled = user("deactivate", false, "suspend", "affected_email_address");
const signIn = kind("access", "sign-in", "user");
const failed = (reason: string) =>
  kind("access", "sign-in", "user", { outcome: "failure", reason, errorClass: "authentication" });
const at = (type: EventType, application: string): EventType => ({ ...type, application });
const grant = (operation: Operation, target: string | null = null) =>
  kind("application", operation, "credential", { target });

/** By the report's application and the event's name. */
const TYPES = new Map<string, EventType>([
  ["admin.CREATE_USER", user("create", true)],
  ["admin.DELETE_USER", user("delete")],
  ["admin.UNDELETE_USER", user("reactivate", true)],
  ["admin.SUSPEND_USER", user("deactivate", false, "suspend")],
  ["admin.UNSUSPEND_USER", user("reactivate", true, "suspend")],
  ["admin.ARCHIVE_USER", user("deactivate", false)],
  ["admin.UNARCHIVE_USER", user("reactivate", true)],
  ["admin.RENAME_USER", user("update")],
  ["admin.CHANGE_FIRST_NAME", user("update")],
  ["admin.CHANGE_LAST_NAME", user("update")],
  ["admin.CHANGE_DISPLAY_NAME", user("update")],
  ["admin.CHANGE_USER_ORGANIZATION", user("update")],
  ["admin.CHANGE_USER_RELATION", user("update")],
  ["admin.CHANGE_USER_LOCATION", user("update")],
  ["admin.CHANGE_USER_EXTERNAL_ID", user("update")],
  ["admin.CHANGE_USER_CUSTOM_FIELD", user("update")],
  ["admin.CHANGE_USER_PHONE_NUMBER", user("update")],
  ["admin.CHANGE_USER_ADDRESS", user("update")],
  ["admin.MOVE_USER_TO_ORG_UNIT", user("update")],

  ["admin.ADD_GROUP_MEMBER", granted("member-add", GROUP)],
  ["admin.REMOVE_GROUP_MEMBER", granted("member-remove", GROUP)],
  ["admin.CREATE_GROUP", group("create")],
  ["admin.CHANGE_GROUP_NAME", group("update")],
  ["admin.CHANGE_GROUP_EMAIL", group("update")],
  ["admin.DELETE_GROUP", group("delete")],
  ["admin.ASSIGN_ROLE", granted("role-grant", ROLE)],
  ["admin.UNASSIGN_ROLE", granted("role-revoke", ROLE)],
  ["admin.GRANT_ADMIN_PRIVILEGE", granted("role-grant", "super admin")],
  ["admin.REVOKE_ADMIN_PRIVILEGE", granted("role-revoke", "super admin")],
  ["admin.GRANT_DELEGATED_ADMIN_PRIVILEGES", granted("role-grant", "delegated admin")],
  ["admin.REVOKE_DELEGATED_ADMIN_PRIVILEGES", granted("role-revoke", "delegated admin")],
  ["admin.USER_LICENSE_ASSIGNMENT", granted("role-grant", licence("NEW_VALUE"))],
  ["admin.USER_LICENSE_REVOKE", granted("role-revoke", licence("OLD_VALUE"))],
  ["admin.REVOKE_3LO_TOKEN", grant("credential-revoke", "USER_EMAIL")],

  ["login.login_success", signIn],
  ["login.login_failure", failed("login_failure_type")],
  ["login.account_disabled_generic", disabled],
  ["login.account_disabled_hijacked", disabled],
  ["login.account_disabled_password_leak", disabled],
  ["login.account_disabled_spamming", disabled],
  ["login.account_disabled_spamming_through_relay", disabled],
  ["saml.login_success", at(signIn, "application_name")],
  ["saml.login_failure", at(failed("failure_type"), "application_name")],

  ["token.authorize", grant("credential-create")],
  ["token.revoke", grant("credential-revoke")],
  ["token.activity", kind("access", "sign-in", "credential")],
]);

/** Where an event that no rule reads belongs. */
const ELSEWHERE = new Map<string, Layer>([
  ["login", "access"],
  ["saml", "access"],
  ["token", "access"],
  ["context_aware_access", "access"],
]);

/**
 * What an event witnesses; one that no rule reads has the operation `other` in its best layer.
 * @param nativeType the report's application, a full stop, the event's name.
 */
export function eventTypeOf(nativeType: string): EventType {
  const application = nativeType.slice(0, nativeType.indexOf("."));
  return TYPES.get(nativeType) ?? kind(ELSEWHERE.get(application) ?? "application", "other", null);
}
