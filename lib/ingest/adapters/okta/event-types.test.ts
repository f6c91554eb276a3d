/** Every row of the table, written out a second time: a slip in either changes an answer here. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventTypeOf, rowOf } from "./event-type-of.ts";
import { TABLE } from "./event-types.ts";
import type { EventType } from "./kinds.ts";

/** Layer, operation, object, and what else the kind says. */
const EXPECTED: readonly (readonly [says: string, types: string])[] = [
  ["directory create user at provider", "user.lifecycle.create system.identity_sources.user.create"],
  ["directory create user failure at provider", "user.lifecycle.jit.error.read_only"],
  ["directory reactivate user at provider", "user.lifecycle.activate user.lifecycle.reactivate"],
  ["directory deactivate user at provider", "user.lifecycle.deactivate"],
  [
    "directory deactivate user suspend at provider",
    "user.lifecycle.suspend system.import.user.suspend scheduled_action.user_suspension.completed",
  ],
  [
    "directory reactivate user suspend at provider",
    "user.lifecycle.unsuspend system.import.user.unsuspend system.import.user.unsuspend_after_confirm",
  ],
  ["directory deactivate user schedule pending at provider", "scheduled_action.user_suspension.scheduled"],
  [
    "directory delete user at provider",
    "user.lifecycle.delete.initiated user.lifecycle.delete.completed system.identity_sources.user.delete",
  ],
  [
    "directory update user at provider",
    `user.account.update_profile user.account.update_primary_email user.account.update_secondary_email
     user.account.update_user_type system.identity_sources.user.update`,
  ],
  [
    "directory member-add user at provider",
    "group.user_membership.add system.identity_sources.group.user.assign",
  ],
  [
    "directory member-remove user at provider",
    "group.user_membership.remove system.identity_sources.group.user.revoke",
  ],
  ["directory create group", "group.lifecycle.create system.identity_sources.group.create"],
  ["directory update group", "group.profile.update system.identity_sources.group.update"],
  ["directory delete group", "group.lifecycle.delete system.identity_sources.group.delete"],
  [
    "directory role-grant user at provider",
    "user.account.privilege.grant iam.resourceset.bindings.add workflows.user.role.user.add",
  ],
  [
    "directory role-revoke user at provider",
    "user.account.privilege.revoke iam.resourceset.bindings.delete workflows.user.role.user.remove",
  ],
  ["directory role-grant group", "group.privilege.grant workflows.user.role.group.add"],
  ["directory role-revoke group", "group.privilege.revoke workflows.user.role.group.remove"],
  ["directory role-grant application", "app.oauth2.client.privilege.grant"],
  ["directory role-revoke application", "app.oauth2.client.privilege.revoke"],
  ["directory create application", "application.lifecycle.create app.oauth2.client.lifecycle.create"],
  ["directory reactivate application", "application.lifecycle.activate app.oauth2.client.lifecycle.activate"],
  ["directory update application", "application.lifecycle.update app.oauth2.client.lifecycle.update"],
  [
    "directory deactivate application",
    "application.lifecycle.deactivate app.oauth2.client.lifecycle.deactivate",
  ],
  ["directory delete application", "application.lifecycle.delete app.oauth2.client.lifecycle.delete"],
  [
    "directory create user assignment",
    `application.user_membership.add application.user_membership.approve
     application.user_membership.restore`,
  ],
  [
    "directory deactivate user assignment",
    "application.user_membership.remove application.user_membership.revoke",
  ],
  [
    "directory update user assignment",
    "application.user_membership.update application.user_membership.change_username",
  ],
  ["application create user by-hand", "application.user_membership.provision"],
  ["application deactivate user by-hand", "application.user_membership.deprovision"],
  ["provisioning create user", "application.provision.user.push"],
  ["provisioning create user success", "app.user_management.push_new_user_success"],
  [
    "provisioning reactivate user",
    "application.provision.user.activate application.provision.user.reactivate",
  ],
  [
    "provisioning update user",
    `application.provision.user.push_profile application.provision.user.push_password
     application.provision.user.push_okta_password application.provision.user.password
     application.provision.user.sync`,
  ],
  [
    "provisioning deactivate user",
    "application.provision.user.deactivate application.provision.user.deprovision",
  ],
  ["provisioning delete user", "application.provision.user.delete"],
  ["provisioning delete user success", "app.office365.user.delete.success"],
  ["provisioning delete user schedule pending", "application.provision.user.delete.schedule"],
  ["provisioning read user", "application.provision.user.verify_exists"],
  [
    "provisioning import user",
    `application.provision.user.import application.provision.user.import_profile
     application.account.detect`,
  ],
  ["provisioning role-revoke user", "application.provision.user.remove_entitlements"],
  ["provisioning role-revoke user success", "app.office365.user.remove.licenses.success"],
  [
    "provisioning role-revoke user schedule pending",
    "application.provision.user.remove_entitlements.schedule",
  ],
  [
    "provisioning member-add user",
    `application.provision.group_membership.add application.provision.group_membership.update
     directory.external.group.membership.add`,
  ],
  [
    "provisioning member-remove user",
    "application.provision.group_membership.remove directory.external.group.membership.remove",
  ],
  ["provisioning create user failure", "app.office365.api.error.create.user"],
  ["provisioning reactivate user failure", "app.office365.api.error.reactivate.user"],
  [
    "provisioning update user failure",
    `app.office365.api.error.ad.user app.office365.api.error.push.password
     app.office365.api.error.push.profile app.office365.api.error.sync.set.attribute
     app.office365.api.error.sync.user app.ldap.password.change.failed`,
  ],
  ["provisioning deactivate user failure", "app.office365.api.error.deactivate.user"],
  ["provisioning read user failure", "app.office365.api.error.check.user.exists"],
  [
    "provisioning import user failure",
    `app.office365.api.error.import.profile app.office365.error.importing.user
     app.user_management.update_from_master_failed`,
  ],
  [
    "provisioning other user failure",
    `app.office365.api.error.revoke.refresh.token app.office365.graph.api.error.no.mailbox.found
     app.office365.user.lifecycle.action.failed`,
  ],
  [
    "provisioning create group",
    `application.provision.group.add application.provision.group_push.pushed
     application.provision.group_push.activate_mapping`,
  ],
  [
    "provisioning update group",
    `application.provision.group.update application.provision.group_push.updated
     application.provision.group_push.push_memberships
     application.provision.group_push.mapping.app.group.renamed`,
  ],
  [
    "provisioning delete group",
    `application.provision.group.remove application.provision.group_push.removed
     application.provision.group_push.delete_appgroup application.provision.group_push.deactivate_mapping
     application.provision.group_push.mapping.deactivated.source.group.renamed
     application.provision.group_push.mapping.and.groups.deleted.rule.deleted`,
  ],
  ["provisioning read group", "application.provision.group.verify_exists"],
  [
    "provisioning import group",
    `application.provision.group.import application.provision.group_membership.import app.user_management
     app.user_management.user_group_import.delete_success
     app.user_management.user_group_import.upsert_success`,
  ],
  [
    "provisioning import group failure",
    `app.user_management.user_group_import.create_failure
     app.user_management.user_group_import.update_failure
     app.user_management.user_group_import.upsert_fail`,
  ],
  [
    "provisioning create group failure",
    `app.user_management.grouppush.mapping.created.from.rule.errors
     app.user_management.grouppush.mapping.created.from.rule.error.validation
     app.office365.api.error.group.create.failure`,
  ],
  [
    "provisioning create group failure uniqueness",
    "app.office365.api.error.group.create.failure.name.in.use",
  ],
  [
    "provisioning create group skipped",
    `app.user_management.grouppush.mapping.created.from.rule.error.duplicate
     application.provision.group_push.mapping.created.from.rule.something.new`,
  ],
  [
    "provisioning update group failure",
    `application.provision.group_push.mapping.update.or.delete.failed
     application.provision.group_push.mapping.update.or.delete.failed.with.error
     application.provision.group_push.mapping.app.group.renamed.failed
     app.office365.api.error.group.membership.update.failure app.office365.api.error.group.update.failure
     app.office365.api.error.sync.group`,
  ],
  [
    "provisioning update group failure not-found",
    `app.office365.api.error.group.membership.update.group.not.found.failure
     app.office365.api.error.group.update.failure.not.found`,
  ],
  ["provisioning update group skipped", "app.user_management.grouppush.mapping.okta.users.ignored"],
  [
    "provisioning delete group failure",
    `application.provision.group_push.mapping.deactivated.source.group.renamed.failed
     app.office365.api.error.group.delete.failure`,
  ],
  [
    "provisioning other group",
    `application.provision.group.something.new application.provision.group_membership.something.new
     application.provision.group_push.something.new
     app.user_management.grouppush.mapping.created.from.rule`,
  ],
  [
    "provisioning other application",
    `application.provision.integration.something.new application.integration.something.new
     application.configuration.detect_error application.configuration.import_schema
     application.configuration.update application.configuration.update_api_credentials_for_pass_change
     app.app_instance.provision_sync_job.something.new`,
  ],
  [
    "provisioning other application failure",
    `application.integration.general_failure app.app_instance.provision_sync_job.failed
     app.rum.config.validation.error app.rum.is.api.account.error app.rum.package.thrown.error
     app.rum.validation.error app.office365.api.error.something.new
     app.office365.graph.api.error.service.principal.creation.failed`,
  ],
  [
    "provisioning other application failure rate-limit",
    "application.integration.rate_limit_exceeded app.office365.graph.api.error.rate-limit.exceeded",
  ],
  [
    "provisioning other application failure authentication",
    `application.integration.authentication_failure app.office365.api.error.validate.admin.creds
     app.office365.api.error.validate.creds
     app.office365.graph.api.error.service.principal.msgraph.authentication.failure`,
  ],
  ["provisioning other application failure mapping", "application.appuser.mapping.invalid.expression"],
  ["provisioning other application failure server", "app.office365.api.error.endpoint.unavailable"],
  [
    "provisioning import application",
    `system.import.something.new system.identity_sources.something.new app.realtimesync.something.new
     system.agent.ad.import_ou system.agent.ad.import_user`,
  ],
  [
    "provisioning import application failure",
    `app.office365.api.error.download.custom.objects app.office365.api.error.download.groups
     app.office365.api.error.download.users app.office365.api.error.get.object.ids.by.group.id`,
  ],
  [
    "provisioning import application skipped",
    `app.ad.api.user_import.warn.something.new app.user_management.import.csv.line.error
     system.csv.import_user system.import.entitlement.mismatch`,
  ],
  ["provisioning import application quarantine failure quarantine", "system.import.roadblock"],
  [
    "access sign-in user",
    `user.authentication.sso user.authentication.auth_via_inbound_delauth
     user.authentication.auth_via_radius user.authentication.auth_via_richclient app.oauth2.signon
     app.oauth2.authorize.implicit.something.new app.oauth2.as.authorize.implicit.something.new
     app.oauth2.token.grant.something.new app.oauth2.as.token.grant.something.new
     app.oauth2.token.oauth_sts.something.new pam.auth_token.issue pam.server.ssh_login
     pam.user_creds.issue`,
  ],
  [
    "access sign-in user success",
    "app.inbound_del_auth.login_success app.kerberos_rich_client.user_authentication_successful",
  ],
  [
    "access sign-in user failure",
    `app.generic.unauth_app_access_attempt app.kerberos_rich_client.account_not_found
     app.kerberos_rich_client.instance_not_found app.kerberos_rich_client.multiple_accounts_found
     application.policy.sign_on.deny_access`,
  ],
  [
    "access sign-in user at provider",
    `user.session.start user.session.access_admin_app user.device_session.start
     device.platform_sso.authentication system.ldapi.bind`,
  ],
  ["access sign-in user failure at provider", "system.oauth2.token.request_outside_allowed_range"],
  ["directory credential-create credential owner actor", "system.api_token.create"],
  ["directory credential-revoke credential owner actor", "system.api_token.revoke"],
  ["directory update credential owner actor", "system.api_token.enable system.api_token.update"],
  [
    "directory credential-create credential owner client",
    `app.oauth2.credentials.lifecycle.create app.oauth2.credentials.lifecycle.activate
     workload_principal.ai_agent.credential.create workload_principal.ai_agent.credential.activate
     pam.workload_connection.api_key.create`,
  ],
  [
    "directory credential-revoke credential owner client",
    `app.oauth2.credentials.lifecycle.delete workload_principal.ai_agent.credential.delete
     pam.workload_connection.api_key.revoke pam.apikey.delete`,
  ],
  [
    "directory update credential owner client",
    `app.oauth2.credentials.lifecycle.deactivate workload_principal.ai_agent.credential.deactivate
     pam.workload_connection.api_key.something.new pam.apikey.rotate`,
  ],
];

const said = (type: EventType): string =>
  [
    type.layer,
    type.operation,
    type.object,
    type.detail,
    type.outcome,
    type.errorClass,
    type.atProvider ? "at provider" : null,
    type.owner === null ? null : `owner ${type.owner}`,
  ]
    .filter((word) => word !== null)
    .join(" ");

const pairs = EXPECTED.flatMap(([says, types]) => types.split(/\s+/).map((type) => [type, says] as const));

describe("the table of event types", () => {
  it.each(pairs)("%s: %s", (type, says) => {
    expect(said(eventTypeOf(type))).toBe(says);
  });

  it("has no other row than these and those that keep types as other", () => {
    const tested = new Set(pairs.map(([type]) => rowOf(type)));
    const untested = [...TABLE].filter(([row]) => !tested.has(row));
    expect(untested.filter(([, type]) => type.operation !== "other" || type.object !== null)).toEqual([]);
  });

  it("names each type once", () => {
    const text = readFileSync(new URL("event-types.ts", import.meta.url), "utf8");
    const names = [...text.matchAll(/(?<=["`\s])(?:\w[\w-]*\.)+(?:\w[\w-]*|\*)(?=["`\s])/g)].map(
      ([name]) => name,
    );
    expect(names.filter((name) => TABLE.has(name))).toHaveLength(TABLE.size);
  });
});

const CATALOGUE = new URL("../../../../../shared/samples/okta/okta-event-types.csv", import.meta.url);
const there = existsSync(CATALOGUE);

describe.skipIf(!there)(
  `Okta's catalogue of event types (${there ? "there" : "skipped: no ../shared/samples here"})`,
  () => {
    const types = there
      ? [...readFileSync(CATALOGUE, "utf8").matchAll(/^"([\w.-]+)",/gm)].map(([, type = ""]) => type)
      : [];
    const answered = types.map((type) => ({ type, row: rowOf(type), ...eventTypeOf(type) }));

    it("is answered by a row for each type, never by the last resort", () => {
      expect(types).toHaveLength(1_178);
      expect(answered.filter(({ row }) => row === null).map(({ type }) => type)).toEqual([]);
      const count = (what: string, own: typeof answered) => `${own.length} ${what}`;
      const mapped = answered.filter(({ operation }) => operation !== "other");
      console.log(
        [
          count("types", answered),
          count("with an operation", mapped),
          count(
            "by their own name",
            answered.filter(({ type, row }) => type === row),
          ),
          ...["directory", "provisioning", "application", "access", "governance"].map((layer) =>
            count(
              layer,
              answered.filter((one) => one.layer === layer),
            ),
          ),
        ].join(", "),
      );
    });

    it("is counted in docs/formats/okta.md as it is", () => {
      const page = readFileSync(new URL("../../../../docs/formats/okta.md", import.meta.url), "utf8");
      const rows = [...page.matchAll(/^\| ((?:`[\w.]+\.\*`(?:, )?)+) +\| +(\d+) +\| +(\d+) +\|/gm)].map(
        ([, names = "", all, kept]) => ({ names, all: Number(all), kept: Number(kept) }),
      );
      const families = rows
        .flatMap(({ names }) => names.split(", ").map((name) => ({ names, prefix: name.slice(1, -2) })))
        .sort((a, b) => b.prefix.length - a.prefix.length);
      const rowOfType = (type: string) =>
        families.find(({ prefix }) => `${type}.`.startsWith(prefix))?.names ?? type;
      const counted = rows.map(({ names }) => {
        const own = answered.filter(({ type }) => rowOfType(type) === names);
        return { names, all: own.length, kept: own.filter(({ operation }) => operation === "other").length };
      });
      expect(rows).toEqual(counted);
      expect(rows.reduce((sum, { all }) => sum + all, 0)).toBe(types.length);
    });
  },
);
