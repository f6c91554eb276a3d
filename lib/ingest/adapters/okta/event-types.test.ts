import { describe, expect, it } from "vitest";
import { eventTypeOf } from "./event-types.ts";

describe("what an event type witnesses", () => {
  it.each([
    ["user.lifecycle.create", "directory", "create", null],
    ["user.lifecycle.activate", "directory", "reactivate", null],
    ["user.lifecycle.reactivate", "directory", "reactivate", null],
    ["user.lifecycle.deactivate", "directory", "deactivate", null],
    ["user.lifecycle.suspend", "directory", "deactivate", "suspend"],
    ["user.lifecycle.unsuspend", "directory", "reactivate", "suspend"],
    ["user.lifecycle.delete.initiated", "directory", "delete", null],
    ["user.lifecycle.delete.completed", "directory", "delete", null],
    ["user.account.update_profile", "directory", "update", null],
    ["group.user_membership.add", "directory", "member-add", null],
    ["group.user_membership.remove", "directory", "member-remove", null],
    ["application.user_membership.add", "directory", "create", "assignment"],
    ["application.user_membership.approve", "directory", "create", "assignment"],
    ["application.user_membership.restore", "directory", "create", "assignment"],
    ["application.user_membership.remove", "directory", "deactivate", "assignment"],
    ["application.user_membership.revoke", "directory", "deactivate", "assignment"],
    ["application.user_membership.update", "directory", "update", "assignment"],
    ["application.user_membership.change_username", "directory", "update", "assignment"],
    ["application.user_membership.provision", "application", "create", "by-hand"],
    ["application.user_membership.deprovision", "application", "deactivate", "by-hand"],
    ["application.provision.user.push", "provisioning", "create", null],
    ["application.provision.user.activate", "provisioning", "reactivate", null],
    ["application.provision.user.reactivate", "provisioning", "reactivate", null],
    ["application.provision.user.push_profile", "provisioning", "update", null],
    ["application.provision.user.push_password", "provisioning", "update", null],
    ["application.provision.user.push_okta_password", "provisioning", "update", null],
    ["application.provision.user.password", "provisioning", "update", null],
    ["application.provision.user.sync", "provisioning", "update", null],
    ["application.provision.user.deactivate", "provisioning", "deactivate", null],
    ["application.provision.user.deprovision", "provisioning", "deactivate", null],
    ["application.provision.user.delete", "provisioning", "delete", null],
    ["application.provision.user.delete.schedule", "provisioning", "delete", "schedule"],
    ["application.provision.user.import", "provisioning", "import", null],
    ["application.provision.user.import_profile", "provisioning", "import", null],
    ["application.provision.user.verify_exists", "provisioning", "read", null],
    ["application.provision.user.remove_entitlements", "provisioning", "role-revoke", null],
    ["application.provision.group_membership.add", "provisioning", "member-add", null],
    ["application.provision.group_membership.update", "provisioning", "member-add", null],
    ["application.provision.group_membership.remove", "provisioning", "member-remove", null],
    ["user.authentication.sso", "access", "sign-in", null],
    ["app.oauth2.as.token.grant.access_token", "access", "sign-in", null],
    ["app.oauth2.authorize.implicit.id_token", "access", "sign-in", null],
    ["user.session.start", "access", "sign-in", null],
  ])("%s: %s %s", (type, layer, operation, detail) => {
    expect(eventTypeOf(type)).toMatchObject({ layer, operation, detail, object: "user" });
  });

  it.each([
    ["application.provision.group.add", "create"],
    ["application.provision.group.update", "update"],
    ["application.provision.group.remove", "delete"],
    ["application.provision.group.import", "import"],
    ["application.provision.group.verify_exists", "read"],
    ["application.provision.group_push.pushed", "create"],
    ["application.provision.group_push.activate_mapping", "create"],
    ["application.provision.group_push.updated", "update"],
    ["application.provision.group_push.push_memberships", "update"],
    ["application.provision.group_push.removed", "delete"],
    ["application.provision.group_push.delete_appgroup", "delete"],
    ["application.provision.group_push.deactivate_mapping", "delete"],
  ])("%s: %s of a group", (type, operation) => {
    expect(eventTypeOf(type)).toMatchObject({ layer: "provisioning", operation, object: "group" });
  });

  it.each([
    ["app.oauth2.token.revoke", "access"],
    ["app.oauth2.as.token.detect_reuse", "access"],
    ["policy.evaluate_sign_on", "access"],
    ["user.authentication.auth_via_mfa", "access"],
    ["certification.campaign.create", "governance"],
    ["application.provision.field_mapping_rule.change", "provisioning"],
    ["zone.update", "directory"],
    ["constructor", "directory"],
    ["__proto__", "directory"],
  ])("%s is kept in the layer %s and read by no rule", (type, layer) => {
    expect(eventTypeOf(type)).toMatchObject({ layer, operation: "other", object: null });
  });
});
