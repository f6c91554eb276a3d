/** GitHub's audit actions and what each witnesses: docs/semantics.md §2, docs/formats/github.md. */
import type { Detail, Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

export interface EventType {
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  detail: Detail | null;
  outcome: Outcome;
  active: boolean | null;
  /** Whom it is about: `user` the one acted on, `actor` the one who acts, `nobody` a thing. */
  who: "user" | "actor" | "nobody";
  /** What is given or taken: the record's team, repository, organisation role, external group, or a role of this name. */
  entitlement: "team" | "repository" | "organization-role" | "external-group" | { role: string } | null;
  /** A request of the SCIM API, whose method says what was to be done. */
  scim: boolean;
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
    detail: null,
    outcome: "success",
    active: null,
    who: "user",
    entitlement: null,
    scim: false,
    ...more,
  };
}

const account = (operation: Operation, more: Partial<EventType> = {}) =>
  kind("application", operation, "user", more);
const granted = (operation: Operation, entitlement: EventType["entitlement"]) =>
  account(operation, { entitlement });
const group = (operation: Operation, entitlement: "team" | "external-group") =>
  kind("application", operation, "group", { who: "nobody", entitlement });
const credential = (operation: Operation) => kind("application", operation, "credential");
const use = (outcome: Outcome = "success") => kind("access", "sign-in", "user", { who: "actor", outcome });
const request = (object: "user" | "group", outcome: Outcome) =>
  kind("provisioning", "other", object, {
    outcome,
    scim: true,
    who: object === "user" ? "user" : "nobody",
    entitlement: object === "group" ? "external-group" : null,
  });

const TYPES = new Map<string, EventType>([
  ["org.add_member", account("create")],
  ["org.restore_member", account("reactivate")],
  ["org.add_outside_collaborator", account("create")],
  ["org.remove_member", account("delete")],
  ["org.remove_outside_collaborator", account("delete")],
  ["org.update_member", account("update")],
  ["org.invite_member", account("create", { outcome: "pending" })],
  ["org.invite_user", account("create", { outcome: "pending" })],
  ["org.add_billing_manager", granted("role-grant", { role: "billing manager" })],
  ["org.remove_billing_manager", granted("role-revoke", { role: "billing manager" })],
  ["organization_moderators.add_user", granted("role-grant", { role: "moderator" })],
  ["organization_moderators.remove_user", granted("role-revoke", { role: "moderator" })],
  ["organization_role.assign", granted("role-grant", "organization-role")],
  ["organization_role.revoke", granted("role-revoke", "organization-role")],
  ["team.add_member", granted("member-add", "team")],
  ["team.remove_member", granted("member-remove", "team")],
  ["repo.add_member", granted("role-grant", "repository")],
  ["repo.remove_member", granted("role-revoke", "repository")],
  ["business.add_admin", granted("role-grant", { role: "enterprise owner" })],
  ["business.remove_admin", granted("role-revoke", { role: "enterprise owner" })],
  ["business.add_billing_manager", granted("role-grant", { role: "billing manager" })],
  ["business.remove_billing_manager", granted("role-revoke", { role: "billing manager" })],
  ["business.remove_member", account("delete")],

  ["user.create", account("create")],
  ["user.suspend", account("deactivate", { active: false })],
  ["user.unsuspend", account("reactivate", { active: true })],
  ["user.delete", account("delete")],
  ["user.destroy", account("delete")],
  ["user.rename", account("update")],
  ["external_identity.provision", account("create")],
  ["external_identity.update", account("update")],
  ["external_identity.deprovision", account("deactivate", { active: false })],
  ["external_identity.scim_api_success", request("user", "success")],
  ["external_identity.scim_api_failure", request("user", "failure")],

  ["team.create", group("create", "team")],
  ["team.rename", group("update", "team")],
  ["team.destroy", group("delete", "team")],
  ["external_group.provision", group("create", "external-group")],
  ["external_group.update", group("update", "external-group")],
  ["external_group.update_display_name", group("update", "external-group")],
  ["external_group.link", group("update", "external-group")],
  ["external_group.unlink", group("update", "external-group")],
  ["external_group.delete", group("delete", "external-group")],
  ["external_group.add_member", granted("member-add", "external-group")],
  ["external_group.remove_member", granted("member-remove", "external-group")],
  ["external_group.scim_api_success", request("group", "success")],
  ["external_group.scim_api_failure", request("group", "failure")],

  ["personal_access_token.create", credential("credential-create")],
  ["personal_access_token.access_granted", credential("credential-create")],
  ["personal_access_token.credential_regenerated", credential("update")],
  ["personal_access_token.access_revoked", credential("credential-revoke")],
  ["personal_access_token.destroy", credential("credential-revoke")],
  ["oauth_access.create", credential("credential-create")],
  ["oauth_access.regenerate", credential("update")],
  ["oauth_access.update", credential("update")],
  ["oauth_access.destroy", credential("credential-revoke")],
  ["oauth_authorization.create", credential("credential-create")],
  ["oauth_authorization.update", credential("update")],
  ["oauth_authorization.destroy", credential("credential-revoke")],
  ["public_key.create", credential("credential-create")],
  ["public_key.update", credential("update")],
  ["public_key.delete", credential("credential-revoke")],
  ["org_credential_authorization.grant", credential("credential-create")],
  ["org_credential_authorization.deauthorize", credential("credential-revoke")],
  ["org_credential_authorization.revoke", credential("credential-revoke")],

  ["user.login", use()],
  ["user.failed_login", use("failure")],
  ["org.sso_response", use()],
  ["business.sso_response", use()],
  ["org.recovery_code_used", use()],
  ["org.recovery_code_failed", use("failure")],
  ["business.recovery_code_used", use()],
  ["business.recovery_code_failed", use("failure")],
  ["git.clone", use()],
  ["git.fetch", use()],
  ["git.push", use()],
]);

const ANYTHING_ELSE = kind("application", "other", null, { who: "nobody" });

/** What an action witnesses; one that no rule reads has the operation `other`: GitHub tells only of itself. */
export function eventTypeOf(action: string): EventType {
  return TYPES.get(action) ?? ANYTHING_ELSE;
}
