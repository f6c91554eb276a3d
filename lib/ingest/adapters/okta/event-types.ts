/**
 * What each of Okta's event types witnesses: docs/semantics.md §2, docs/formats/okta.md. The catalogue is Okta's
 * ("Event types", developer.okta.com/docs/reference/api/event-types).
 */
import {
  account,
  adminRole,
  apiToken,
  assignment,
  byHand,
  clientSecret,
  connection,
  directory,
  directoryGroup,
  type EventType,
  failed,
  group,
  imports,
  inventory,
  other,
  scheduled,
  signIn,
  signInAtProvider,
  suspension,
} from "./kinds.ts";

/**
 * A kind, and the types that are of it, divided by white space. `a.b.*` is the family of `a.b` and all below it, but for
 * what a row with a longer name answers.
 */
type Row = readonly [kind: EventType, types: string];

const DIRECTORY: readonly Row[] = [
  [directory("create"), "user.lifecycle.create system.identity_sources.user.create"],
  [directory("create", { outcome: "failure" }), "user.lifecycle.jit.error.read_only"],
  [directory("reactivate"), "user.lifecycle.activate user.lifecycle.reactivate"],
  [directory("deactivate"), "user.lifecycle.deactivate"],
  [
    suspension("deactivate"),
    "user.lifecycle.suspend system.import.user.suspend scheduled_action.user_suspension.completed",
  ],
  [
    suspension("reactivate"),
    "user.lifecycle.unsuspend system.import.user.unsuspend system.import.user.unsuspend_after_confirm",
  ],
  [
    directory("deactivate", { detail: "schedule", outcome: "pending" }),
    "scheduled_action.user_suspension.scheduled",
  ],
  [
    directory("delete"),
    "user.lifecycle.delete.initiated user.lifecycle.delete.completed system.identity_sources.user.delete",
  ],
  [
    directory("update"),
    `user.account.update_profile user.account.update_primary_email user.account.update_secondary_email
     user.account.update_user_type system.identity_sources.user.update`,
  ],
  [directory("member-add"), "group.user_membership.add system.identity_sources.group.user.assign"],
  [directory("member-remove"), "group.user_membership.remove system.identity_sources.group.user.revoke"],
  [directoryGroup("create"), "group.lifecycle.create system.identity_sources.group.create"],
  [directoryGroup("update"), "group.profile.update system.identity_sources.group.update"],
  [directoryGroup("delete"), "group.lifecycle.delete system.identity_sources.group.delete"],

  [
    adminRole("role-grant", "user"),
    "user.account.privilege.grant iam.resourceset.bindings.add workflows.user.role.user.add",
  ],
  [
    adminRole("role-revoke", "user"),
    "user.account.privilege.revoke iam.resourceset.bindings.delete workflows.user.role.user.remove",
  ],
  [adminRole("role-grant", "group"), "group.privilege.grant workflows.user.role.group.add"],
  [adminRole("role-revoke", "group"), "group.privilege.revoke workflows.user.role.group.remove"],
  [adminRole("role-grant", "application"), "app.oauth2.client.privilege.grant"],
  [adminRole("role-revoke", "application"), "app.oauth2.client.privilege.revoke"],

  [inventory("create"), "application.lifecycle.create app.oauth2.client.lifecycle.create"],
  [inventory("reactivate"), "application.lifecycle.activate app.oauth2.client.lifecycle.activate"],
  [inventory("update"), "application.lifecycle.update app.oauth2.client.lifecycle.update"],
  [inventory("deactivate"), "application.lifecycle.deactivate app.oauth2.client.lifecycle.deactivate"],
  [inventory("delete"), "application.lifecycle.delete app.oauth2.client.lifecycle.delete"],
];

const ASSIGNMENT: readonly Row[] = [
  [
    assignment("create"),
    `application.user_membership.add application.user_membership.approve
     application.user_membership.restore`,
  ],
  [assignment("deactivate"), "application.user_membership.remove application.user_membership.revoke"],
  [assignment("update"), "application.user_membership.update application.user_membership.change_username"],
  [byHand("create"), "application.user_membership.provision"],
  [byHand("deactivate"), "application.user_membership.deprovision"],
];

const PROVISIONING: readonly Row[] = [
  [account("create"), "application.provision.user.push"],
  [account("create", { outcome: "success" }), "app.user_management.push_new_user_success"],
  [account("reactivate"), "application.provision.user.activate application.provision.user.reactivate"],
  [
    account("update"),
    `application.provision.user.push_profile application.provision.user.push_password
     application.provision.user.push_okta_password application.provision.user.password
     application.provision.user.sync`,
  ],
  [account("deactivate"), "application.provision.user.deactivate application.provision.user.deprovision"],
  [account("delete"), "application.provision.user.delete"],
  [account("delete", { outcome: "success" }), "app.office365.user.delete.success"],
  [scheduled("delete"), "application.provision.user.delete.schedule"],
  [account("read"), "application.provision.user.verify_exists"],
  [
    account("import"),
    `application.provision.user.import application.provision.user.import_profile
     application.account.detect`,
  ],
  [account("role-revoke"), "application.provision.user.remove_entitlements"],
  [account("role-revoke", { outcome: "success" }), "app.office365.user.remove.licenses.success"],
  [scheduled("role-revoke"), "application.provision.user.remove_entitlements.schedule"],
  [
    account("member-add"),
    `application.provision.group_membership.add application.provision.group_membership.update
     directory.external.group.membership.add`,
  ],
  [
    account("member-remove"),
    "application.provision.group_membership.remove directory.external.group.membership.remove",
  ],

  [failed("create"), "app.office365.api.error.create.user"],
  [failed("reactivate"), "app.office365.api.error.reactivate.user"],
  [
    failed("update"),
    `app.office365.api.error.ad.user app.office365.api.error.push.password
     app.office365.api.error.push.profile app.office365.api.error.sync.set.attribute
     app.office365.api.error.sync.user app.ldap.password.change.failed`,
  ],
  [failed("deactivate"), "app.office365.api.error.deactivate.user"],
  [failed("read"), "app.office365.api.error.check.user.exists"],
  [
    failed("import"),
    `app.office365.api.error.import.profile app.office365.error.importing.user
     app.user_management.update_from_master_failed`,
  ],
  [
    failed("other"),
    `app.office365.api.error.revoke.refresh.token app.office365.graph.api.error.no.mailbox.found
     app.office365.user.lifecycle.action.failed`,
  ],
];

const GROUPS_AT_APPLICATIONS: readonly Row[] = [
  [
    group("create"),
    `application.provision.group.add application.provision.group_push.pushed
     application.provision.group_push.activate_mapping`,
  ],
  [
    group("update"),
    `application.provision.group.update application.provision.group_push.updated
     application.provision.group_push.push_memberships
     application.provision.group_push.mapping.app.group.renamed`,
  ],
  [
    group("delete"),
    `application.provision.group.remove application.provision.group_push.removed
     application.provision.group_push.delete_appgroup application.provision.group_push.deactivate_mapping
     application.provision.group_push.mapping.deactivated.source.group.renamed
     application.provision.group_push.mapping.and.groups.deleted.rule.deleted`,
  ],
  [group("read"), "application.provision.group.verify_exists"],
  [
    group("import"),
    `application.provision.group.import application.provision.group_membership.import app.user_management
     app.user_management.user_group_import.delete_success
     app.user_management.user_group_import.upsert_success`,
  ],
  [
    group("import", "failure"),
    `app.user_management.user_group_import.create_failure
     app.user_management.user_group_import.update_failure
     app.user_management.user_group_import.upsert_fail`,
  ],
  [
    group("create", "failure"),
    `app.user_management.grouppush.mapping.created.from.rule.errors
     app.user_management.grouppush.mapping.created.from.rule.error.validation
     app.office365.api.error.group.create.failure`,
  ],
  [group("create", "failure", "uniqueness"), "app.office365.api.error.group.create.failure.name.in.use"],
  // Another mapping of that group stands, or is to come.
  [
    group("create", "skipped"),
    `app.user_management.grouppush.mapping.created.from.rule.error.duplicate
     application.provision.group_push.mapping.created.from.rule.*`,
  ],
  [
    group("update", "failure"),
    `application.provision.group_push.mapping.update.or.delete.failed
     application.provision.group_push.mapping.update.or.delete.failed.with.error
     application.provision.group_push.mapping.app.group.renamed.failed
     app.office365.api.error.group.membership.update.failure app.office365.api.error.group.update.failure
     app.office365.api.error.sync.group`,
  ],
  [
    group("update", "failure", "not-found"),
    `app.office365.api.error.group.membership.update.group.not.found.failure
     app.office365.api.error.group.update.failure.not.found`,
  ],
  [group("update", "skipped"), "app.user_management.grouppush.mapping.okta.users.ignored"],
  [
    group("delete", "failure"),
    `application.provision.group_push.mapping.deactivated.source.group.renamed.failed
     app.office365.api.error.group.delete.failure`,
  ],
  [
    group("other"),
    `application.provision.group.* application.provision.group_membership.*
     application.provision.group_push.* app.user_management.grouppush.mapping.created.from.rule`,
  ],
];

const CONNECTIONS: readonly Row[] = [
  [
    connection(),
    `application.provision.integration.* application.integration.* application.configuration.detect_error
     application.configuration.import_schema application.configuration.update
     application.configuration.update_api_credentials_for_pass_change
     app.app_instance.provision_sync_job.*`,
  ],
  [
    connection("failure"),
    `application.integration.general_failure app.app_instance.provision_sync_job.failed app.rum.config.validation.error
     app.rum.is.api.account.error app.rum.package.thrown.error app.rum.validation.error
     app.office365.api.error.* app.office365.graph.api.error.service.principal.creation.failed`,
  ],
  [
    connection("failure", "rate-limit"),
    "application.integration.rate_limit_exceeded app.office365.graph.api.error.rate-limit.exceeded",
  ],
  [
    connection("failure", "authentication"),
    `application.integration.authentication_failure app.office365.api.error.validate.admin.creds
     app.office365.api.error.validate.creds
     app.office365.graph.api.error.service.principal.msgraph.authentication.failure`,
  ],
  [connection("failure", "mapping"), "application.appuser.mapping.invalid.expression"],
  [connection("failure", "server"), "app.office365.api.error.endpoint.unavailable"],
  [
    imports(),
    `system.import.* system.identity_sources.* app.realtimesync.* system.agent.ad.import_ou
     system.agent.ad.import_user`,
  ],
  [
    imports({ outcome: "failure" }),
    `app.office365.api.error.download.custom.objects app.office365.api.error.download.groups
     app.office365.api.error.download.users app.office365.api.error.get.object.ids.by.group.id`,
  ],
  // A line, a person or an entitlement is passed over; the import itself goes on.
  [
    imports({ outcome: "skipped" }),
    `app.ad.api.user_import.warn.* app.user_management.import.csv.line.error system.csv.import_user
     system.import.entitlement.mismatch`,
  ],
  [
    imports({ detail: "quarantine", outcome: "failure", errorClass: "quarantine" }),
    "system.import.roadblock",
  ],
  [
    other("provisioning"),
    `app.generic.* app.office365.* app.office365.api.error.sync.contact app.user_management.*
     application.account.remove application.provision.* master_application.* system.agent.*`,
  ],
];

const ACCESS: readonly Row[] = [
  [
    signIn(),
    `user.authentication.sso user.authentication.auth_via_inbound_delauth
     user.authentication.auth_via_radius user.authentication.auth_via_richclient app.oauth2.signon
     app.oauth2.authorize.implicit.* app.oauth2.as.authorize.implicit.* app.oauth2.token.grant.*
     app.oauth2.as.token.grant.* app.oauth2.token.oauth_sts.* pam.auth_token.issue pam.server.ssh_login
     pam.user_creds.issue`,
  ],
  [
    signIn("success"),
    "app.inbound_del_auth.login_success app.kerberos_rich_client.user_authentication_successful",
  ],
  [
    signIn("failure"),
    `app.generic.unauth_app_access_attempt app.kerberos_rich_client.account_not_found
     app.kerberos_rich_client.instance_not_found app.kerberos_rich_client.multiple_accounts_found
     application.policy.sign_on.deny_access`,
  ],
  [
    signInAtProvider(),
    `user.session.start user.session.access_admin_app user.device_session.start
     device.platform_sso.authentication system.ldapi.bind`,
  ],
  [signInAtProvider("failure"), "system.oauth2.token.request_outside_allowed_range"],
  [
    other("access"),
    `app.oauth2.* app.office365.api.error.remove.domain.federation.*
     app.office365.api.error.set.domain.federation.*
     app.office365.api.error.x-ms-forwarded-client-ip-header.absent app.policy.* app.radius.* app.saml.*
     application.policy.* credential.* device.* policy.* security.* system.iwa.* system.iwa_agentless.*
     system.iwa_agentless_kerberos.* system.ldapi.* system.mfa.* system.push.* system.sms.*
     system.voice.* user.authentication.* user.behavior.* user.credential.* user.device_session.*
     user.identity_snapshot.* user.identity_verification.* user.mfa.* user.risk.* user.session.*`,
  ],
];

const CREDENTIALS: readonly Row[] = [
  [apiToken("credential-create"), "system.api_token.create"],
  [apiToken("credential-revoke"), "system.api_token.revoke"],
  [apiToken("update"), "system.api_token.enable system.api_token.update"],
  // The catalogue's words for `create` and `activate` of a client's secret are exchanged: whichever comes first made it.
  [
    clientSecret("credential-create"),
    `app.oauth2.credentials.lifecycle.create app.oauth2.credentials.lifecycle.activate
     workload_principal.ai_agent.credential.create workload_principal.ai_agent.credential.activate
     pam.workload_connection.api_key.create`,
  ],
  [
    clientSecret("credential-revoke"),
    `app.oauth2.credentials.lifecycle.delete workload_principal.ai_agent.credential.delete
     pam.workload_connection.api_key.revoke pam.apikey.delete`,
  ],
  // What was deactivated can be activated again: it is not gone.
  [
    clientSecret("update"),
    `app.oauth2.credentials.lifecycle.deactivate workload_principal.ai_agent.credential.deactivate
     pam.workload_connection.api_key.* pam.apikey.rotate`,
  ],
];

const GOVERNANCE: readonly Row[] = [
  [
    other("governance"),
    "access.* app.access_request.* app.request_new.* application.account.* certification.* governance.*",
  ],
];

/** Okta's own settings, its agents, and what its other products say of themselves. */
const THE_REST: readonly Row[] = [
  [other("application"), "pam.* workflows.*"],
  [
    other("directory"),
    `account.* analytics.* app.ad.* app.ai_agent_provider.* app.app_instance.* app.cross_app_access.*
     app.interclient_mapping.* app.keys.* application.cache.* application.configuration.*
     application.registration_policy.* application.user_membership.* core.* directory.* event_hook.*
     group.* iam.* inline_hook.* integration.* mim.* network_zone.* oauth2.* org.* personal.* pki.*
     plugin.* resource_servers.* scheduled_action.* self_service.* support.* system.agent_pools.*
     system.api_token.* system.beta.* system.brand.* system.captcha.* system.client.*
     system.custom_email_server.* system.custom_error.* system.custom_signin.* system.custom_signout.*
     system.custom_url_domain.* system.directory.* system.dr.* system.email.* system.email_domain.*
     system.feature.* system.hook.* system.idp.* system.log_stream.* system.operation.* system.org.*
     system.rate_limit.* system.self_service.* system.theme.* system.well_known_uri.* task.*
     user.account.* user.import.* user.lifecycle.* workload_principal.* zone.*`,
  ],
];

const ROWS = [
  ...DIRECTORY,
  ...ASSIGNMENT,
  ...PROVISIONING,
  ...GROUPS_AT_APPLICATIONS,
  ...CONNECTIONS,
  ...ACCESS,
  ...CREDENTIALS,
  ...GOVERNANCE,
  ...THE_REST,
];

/** Every name and family with its kind. `event-type-of.ts` looks types up in it. */
export const TABLE: ReadonlyMap<string, EventType> = new Map(
  ROWS.flatMap(([kind, types]) => types.split(/\s+/).map((type): [string, EventType] => [type, kind])),
);
