/** Okta's event types as the sample uses them: the words beside each type in a System Log record. */

/** displayMessage and legacyEventType of each type. */
export const OKTA_EVENTS: Record<string, { message: string; legacy: string | null }> = {
  "application.integration.rate_limit_exceeded": {
    message: "API rate limit exceeded",
    legacy: "app.api.error.rate.limit.exceeded",
  },
  "application.provision.group_membership.add": {
    message: "Add user to group in application",
    legacy: "app.user_management.app_group_member_import.insert",
  },
  "application.provision.group_membership.remove": {
    message: "Remove user from group in application",
    legacy: "app.user_management.app_group_member_import.delete",
  },
  "application.provision.group_push.pushed": {
    message: "Group pushed to application",
    legacy: "app.app_group_push.group.pushed",
  },
  "application.provision.group_push.updated": {
    message: "Group updated in application",
    legacy: "app.app_group_push.group.updated",
  },
  "application.provision.user.deactivate": {
    message: "Push user deactivation to external application",
    legacy: "app.user_management.push_user_deactivation",
  },
  "application.provision.user.delete": { message: "Delete app user from application", legacy: null },
  "application.provision.user.delete.schedule": {
    message: "Schedule deletion of app user from application",
    legacy: null,
  },
  "application.provision.user.deprovision": {
    message: "Deprovision user from external application",
    legacy: "app.user_management.deprovision_user",
  },
  "application.provision.user.import": {
    message: "Import user from external application",
    legacy: "app.user_management.import.user",
  },
  "application.provision.user.push": {
    message: "Push new user to external application",
    legacy: "app.user_management.push_new_user",
  },
  "application.provision.user.push_profile": {
    message: "Push user's profile to external application",
    legacy: "app.user_management.push_profile_update",
  },
  "application.provision.user.reactivate": {
    message: "Push user reactivation in external application",
    legacy: "app.user_management.push_user_reactivation",
  },
  "application.user_membership.add": {
    message: "Add user to application membership",
    legacy: "app.generic.provision.assign_user_to_app",
  },
  "application.user_membership.deprovision": {
    message: "User deprovisioned from application",
    legacy: "app.generic.provision.deprovision_user",
  },
  "application.user_membership.provision": {
    message: "User provisioned to application",
    legacy: "app.generic.provision.provision_user",
  },
  "application.user_membership.remove": {
    message: "Remove user's application membership",
    legacy: "app.generic.provision.deassign_user_from_app",
  },
  "application.user_membership.update": {
    message: "Update user application property",
    legacy: "app.generic.config.app_user_property_update",
  },
  "group.profile.update": { message: "Okta group profile updated", legacy: "core.group.update" },
  "group.user_membership.add": {
    message: "Add user to group membership",
    legacy: "core.user_group_member.user_add",
  },
  "group.user_membership.remove": {
    message: "Remove user from group membership",
    legacy: "core.user_group_member.user_remove",
  },
  "policy.evaluate_sign_on": { message: "Evaluation of sign-on policy", legacy: null },
  "system.api_token.create": { message: "Create API token", legacy: "api.token.create" },
  "system.api_token.revoke": { message: "Revoke API token", legacy: "api.token.revoke" },
  "user.account.update_profile": {
    message: "Update user profile for Okta",
    legacy: "core.user.config.profile_update.success",
  },
  "user.authentication.auth_via_mfa": {
    message: "Authentication of user via MFA",
    legacy: "core.user.factor.attempt_success",
  },
  "user.authentication.sso": { message: "User single sign on to app", legacy: "app.auth.sso" },
  "user.lifecycle.activate": {
    message: "Activate Okta user",
    legacy: "core.user.config.user_activated",
  },
  "user.lifecycle.create": { message: "Create Okta user", legacy: "core.user.config.user_creation.success" },
  "user.lifecycle.deactivate": {
    message: "Deactivate Okta user",
    legacy: "core.user.config.user_deactivated",
  },
  "user.lifecycle.delete.completed": { message: "Delete Okta user completed", legacy: null },
  "user.lifecycle.delete.initiated": { message: "Delete Okta user initiated", legacy: null },
  "user.lifecycle.reactivate": { message: "Reactivate Okta user", legacy: "core.user.config.user_activated" },
  "user.lifecycle.suspend": { message: "Suspend Okta user", legacy: "core.user.config.user_suspended" },
  "user.lifecycle.unsuspend": { message: "Unsuspend Okta user", legacy: "core.user.config.user_unsuspended" },
  "user.session.end": { message: "User logout from Okta", legacy: "core.user_auth.logout_success" },
  "user.session.start": { message: "User login to Okta", legacy: "core.user_auth.login_success" },
};
