/** Okta's event types and what each witnesses: docs/semantics.md §2, docs/formats/okta.md. */
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
}

function kind(
  layer: Layer,
  operation: Operation,
  object: ObjectKind | null = "user",
  more: Partial<EventType> = {},
): EventType {
  return {
    layer,
    operation,
    object,
    detail: null,
    outcome: null,
    errorClass: null,
    atProvider: false,
    ...more,
  };
}

const directory = (operation: Operation, detail: Detail | null = null) =>
  kind("directory", operation, "user", { detail, atProvider: true });
const assignment = (operation: Operation) => kind("directory", operation, "user", { detail: "assignment" });
const provisioning = (operation: Operation) => kind("provisioning", operation);
const group = (operation: Operation, outcome: Outcome | null = null) =>
  kind("provisioning", operation, "group", { outcome });
const connection = (errorClass: ErrorClass | null, outcome: Outcome | null) =>
  kind("provisioning", "other", "application", { errorClass, outcome });
const token = (operation: Operation) => kind("directory", operation, "credential");
const scheduled = (operation: Operation) =>
  kind("provisioning", operation, "user", { detail: "schedule", outcome: "pending" });
const signIn = kind("access", "sign-in");

const TYPES = new Map<string, EventType>([
  ["user.lifecycle.create", directory("create")],
  ["user.lifecycle.activate", directory("reactivate")],
  ["user.lifecycle.reactivate", directory("reactivate")],
  ["user.lifecycle.deactivate", directory("deactivate")],
  ["user.lifecycle.suspend", directory("deactivate", "suspend")],
  ["user.lifecycle.unsuspend", directory("reactivate", "suspend")],
  ["user.lifecycle.delete.initiated", directory("delete")],
  ["user.lifecycle.delete.completed", directory("delete")],
  ["user.account.update_profile", directory("update")],
  ["group.user_membership.add", directory("member-add")],
  ["group.user_membership.remove", directory("member-remove")],

  ["application.user_membership.add", assignment("create")],
  ["application.user_membership.approve", assignment("create")],
  ["application.user_membership.restore", assignment("create")],
  ["application.user_membership.remove", assignment("deactivate")],
  ["application.user_membership.revoke", assignment("deactivate")],
  ["application.user_membership.update", assignment("update")],
  ["application.user_membership.change_username", assignment("update")],
  ["application.user_membership.provision", kind("application", "create", "user", { detail: "by-hand" })],
  [
    "application.user_membership.deprovision",
    kind("application", "deactivate", "user", { detail: "by-hand" }),
  ],

  ["application.provision.user.push", provisioning("create")],
  ["application.provision.user.activate", provisioning("reactivate")],
  ["application.provision.user.reactivate", provisioning("reactivate")],
  ["application.provision.user.push_profile", provisioning("update")],
  ["application.provision.user.push_password", provisioning("update")],
  ["application.provision.user.push_okta_password", provisioning("update")],
  ["application.provision.user.password", provisioning("update")],
  ["application.provision.user.sync", provisioning("update")],
  ["application.provision.user.deactivate", provisioning("deactivate")],
  ["application.provision.user.deprovision", provisioning("deactivate")],
  ["application.provision.user.delete", provisioning("delete")],
  ["application.provision.user.delete.schedule", scheduled("delete")],
  ["application.provision.user.import", provisioning("import")],
  ["application.provision.user.import_profile", provisioning("import")],
  ["application.provision.user.verify_exists", provisioning("read")],
  ["application.provision.user.remove_entitlements", provisioning("role-revoke")],
  ["application.provision.user.remove_entitlements.schedule", scheduled("role-revoke")],

  ["application.provision.group_membership.add", provisioning("member-add")],
  ["application.provision.group_membership.update", provisioning("member-add")],
  ["application.provision.group_membership.remove", provisioning("member-remove")],
  ["application.provision.group_membership.import", group("import")],

  ["application.provision.group.add", group("create")],
  ["application.provision.group.update", group("update")],
  ["application.provision.group.remove", group("delete")],
  ["application.provision.group.import", group("import")],
  ["application.provision.group.verify_exists", group("read")],
  ["application.provision.group_push.pushed", group("create")],
  ["application.provision.group_push.activate_mapping", group("create")],
  ["application.provision.group_push.updated", group("update")],
  ["application.provision.group_push.push_memberships", group("update")],
  ["application.provision.group_push.removed", group("delete")],
  ["application.provision.group_push.delete_appgroup", group("delete")],
  ["application.provision.group_push.deactivate_mapping", group("delete")],
  ["application.provision.group_push.mapping.update.or.delete.failed", group("update", "failure")],
  ["application.provision.group_push.mapping.update.or.delete.failed.with.error", group("update", "failure")],
  ["application.provision.group_push.mapping.app.group.renamed", group("update")],
  ["application.provision.group_push.mapping.app.group.renamed.failed", group("update", "failure")],

  ["application.provision.integration.call_api", connection(null, null)],
  ["application.integration.api_query", connection(null, null)],
  ["application.integration.transfer_files", connection(null, null)],
  ["application.integration.general_failure", connection(null, "failure")],
  ["application.integration.rate_limit_exceeded", connection("rate-limit", "failure")],
  ["application.integration.authentication_failure", connection("authentication", "failure")],
  [
    "system.import.roadblock",
    kind("provisioning", "import", "application", {
      detail: "quarantine",
      outcome: "failure",
      errorClass: "quarantine",
    }),
  ],

  ["user.authentication.sso", signIn],
  ["app.oauth2.signon", signIn],
  ["user.session.start", kind("access", "sign-in", "user", { atProvider: true })],

  ["system.api_token.create", token("credential-create")],
  ["system.api_token.revoke", token("credential-revoke")],
  ["system.api_token.enable", token("update")],
  ["system.api_token.update", token("update")],
]);

/** Types known by their beginning, the first that fits. `app.oauth2.token.revoke` and its like are no use of a token. */
const BEGINNINGS: readonly (readonly [RegExp, EventType])[] = [
  [/^app\.oauth2\.(?:as\.)?(?:token\.(?:grant|oauth_sts)|authorize\.implicit\.\w+_token)/, signIn],
  [/^system\.import\./, kind("provisioning", "import", "application")],
  [/^application\.integration\./, connection(null, null)],
  [/^application\.provision\.group/, group("other")],
  [/^(?:application\.provision|app\.user_management|app\.office365)\./, kind("provisioning", "other", null)],
  [/^(?:user\.(?:session|authentication|mfa)|app\.oauth2|policy\.evaluate)/, kind("access", "other", null)],
  [/^(?:certification|access|governance)\./, kind("governance", "other", null)],
];
const ANYTHING_ELSE = kind("directory", "other", null);

/** What an event type witnesses; one that no rule reads has the operation `other` in its best layer. */
export function eventTypeOf(nativeType: string): EventType {
  return (
    TYPES.get(nativeType) ??
    BEGINNINGS.find(([beginning]) => beginning.test(nativeType))?.[1] ??
    ANYTHING_ELSE
  );
}
