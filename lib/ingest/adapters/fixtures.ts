/** Records of every format, one of each shape that its adapter tells apart. */
import { azureRecord, failedRecord, graphRecord, importStep } from "./entra/fixtures.ts";
import * as signInFixtures from "./entra-sign-ins/fixtures.ts";
import * as syncJobFixtures from "./entra-sync-jobs/fixtures.ts";
import * as exportFixtures from "./export/fixtures.ts";
import * as githubFixtures from "./github/fixtures.ts";
import * as googleFixtures from "./google/fixtures.ts";
import * as jumpcloudFixtures from "./jumpcloud/fixtures.ts";
import { ALICE as OCSF_ALICE, ocsfRecord } from "./ocsf/fixtures.ts";
import * as oktaFixtures from "./okta/fixtures.ts";
import * as snapshotFixtures from "./okta-snapshot/fixtures.ts";
import * as oneloginFixtures from "./onelogin/fixtures.ts";
import * as scimFixtures from "./scim/fixtures.ts";
import * as trialFixtures from "./scim-trial/fixtures.ts";
import { jws, token } from "./set/fixtures.ts";
import * as workosFixtures from "./workos/fixtures.ts";

const { ALICE, ACCOUNT, APPLICATION, GROUP, TOKEN, logEvent } = oktaFixtures;
const { entry, patch } = scimFixtures;
const everyTarget = { target: [ALICE, ACCOUNT, APPLICATION, GROUP, TOKEN] };

/** Each with the only format that it is of. */
export const RECORDS: readonly (readonly [format: string, record: unknown])[] = [
  ["okta", logEvent("application.provision.group_membership.add", everyTarget)],
  ["okta", logEvent("system.api_token.create", { ...everyTarget, actor: ALICE })],
  [
    "okta",
    logEvent("user.account.update_profile", {
      ...everyTarget,
      transaction: { id: "t", detail: { requestApiTokenId: "00T1" } },
      debugContext: { debugData: { changedAttributes: "{}" } },
    }),
  ],
  ["okta", oktaFixtures.failedPush("409 Conflict")],
  ["entra", graphRecord({ provisioningSteps: [importStep({ accountEnabled: "False" })] })],
  ["entra", azureRecord(failedRecord("ContosoEntryConflict", "HTTP status code 409"))],
  [
    "entra",
    {
      $entraPortal: 1,
      change: graphRecord({ provisioningAction: "update", provisioningSteps: null }),
      modifiedProperties: [{ displayName: "active", oldValue: "True", newValue: "False" }],
    },
  ],
  [
    "entra",
    {
      $entraPortal: 1,
      change: failedRecord("ContosoEntryConflict", null, { provisioningSteps: null }),
      provisioningSteps: [importStep({ accountEnabled: "False" })],
    },
  ],
  ["workos", workosFixtures.event("dsync.user.updated", workosFixtures.USER)],
  [
    "workos",
    workosFixtures.event("dsync.group.user_added", {
      user: workosFixtures.USER,
      group: workosFixtures.GROUP,
    }),
  ],
  [
    "scim",
    entry("POST", "/Users", 201, { requestBody: scimFixtures.NEW_USER, responseBody: scimFixtures.USER }),
  ],
  [
    "scim",
    entry("PATCH", "/Users/u-1", 400, {
      requestBody: patch(
        { op: "Replace", path: "active", value: "False" },
        { op: "add", path: 'roles[value eq "admin"]', value: [{ value: "admin" }] },
      ),
      responseBody: JSON.stringify(scimFixtures.error(400, "department is required", "invalidValue")),
    }),
  ],
  [
    "scim",
    entry("POST", "/Bulk", 200, {
      requestBody: {
        Operations: [{ method: "POST", path: "/Groups", bulkId: "g", data: scimFixtures.GROUP }],
      },
      responseBody: {
        Operations: [{ method: "POST", bulkId: "g", location: "/scim/v2/Groups/g-1", status: "201" }],
      },
    }),
  ],
  ["scim", entry("GET", "/Users?filter=x", 200, { responseBody: { Resources: [scimFixtures.USER] } })],
  ["scim-trial", trialFixtures.trial()],
  [
    "scim-trial",
    trialFixtures.trial({
      kind: "conformance",
      by: null,
      identity: null,
      steps: [trialFixtures.step("filter", { verdict: "failed", said: "The filter was ignored." })],
    }),
  ],
  ["set", token({ "prov:put:full": { data: scimFixtures.USER }, "prov:deactivate": {} })],
  [
    "set",
    token({ "misc:asyncresp": { method: "PUT", status: "400", response: scimFixtures.error(400, "no") } }),
  ],
  ["set", { sets: { "jti-1": jws(token({ "prov:delete": {} })) } }],
  [
    "github",
    githubFixtures.auditRecord("org.update_member", { permission: "admin", old_permission: "read" }),
  ],
  [
    "github",
    githubFixtures.auditRecord("git.push", {
      ...githubFixtures.BY_ALICE,
      token_id: 12,
      programmatic_access_type: "OAuth",
    }),
  ],
  ["github", githubFixtures.auditRecord("personal_access_token.access_granted", { token_id: 12 })],
  [
    "github",
    githubFixtures.scimRecord("external_identity.scim_api_failure", "PATCH", {
      api_request_body: { Operations: [{ path: "active", value: false }] },
      message: "no",
    }),
  ],
  ["github", githubFixtures.scimRecord("external_group.scim_api_failure", "POST")],
  [
    "google",
    googleFixtures.activity("admin", [
      googleFixtures.reportEvent("SUSPEND_USER", { USER_EMAIL: "alice@larkspur.example" }),
      googleFixtures.reportEvent("ASSIGN_ROLE", { ROLE_NAME: ["a"] }),
    ]),
  ],
  [
    "google",
    googleFixtures.activity("token", [googleFixtures.reportEvent("authorize", { client_id: "77" })]),
  ],
  [
    "google",
    googleFixtures.activity("saml", [
      googleFixtures.reportEvent("login_failure", { application_name: "Ledger" }),
    ]),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.insight("user_update", {
      changes: [{ field: "state", from: "SUSPENDED", to: "ACTIVATED" }],
    }),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.insight("user_deprovision", {
      application: jumpcloudFixtures.APPLICATION,
      success: false,
      error_message: "no",
    }),
  ],
  [
    "jumpcloud",
    jumpcloudFixtures.association(
      "add",
      { type: "user", object_id: "u" },
      { type: "user_group", object_id: "g" },
    ),
  ],
  ["onelogin", oneloginFixtures.apiEvent(64, { ...oneloginFixtures.APP, error_description: "HTTP 409" })],
  ["onelogin", oneloginFixtures.broadcast(149, { role_id: 3, role_name: "Engineering" })],
  ["okta-snapshot", snapshotFixtures.USER],
  ["okta-snapshot", snapshotFixtures.APP],
  ["okta-snapshot", snapshotFixtures.APP_USER],
  ["okta-snapshot", { ...snapshotFixtures.APP_USER, status: "DEPROVISIONED" }],
  ["okta-snapshot", snapshotFixtures.GROUP],
  ["okta-snapshot", snapshotFixtures.MEMBER],
  ["entra-sign-ins", signInFixtures.SIGN_IN],
  ["entra-sign-ins", signInFixtures.failed(50126, "Invalid username or password.")],
  ["entra-sync-jobs", syncJobFixtures.WELL],
  ["entra-sync-jobs", syncJobFixtures.QUARANTINED],
  ["entra-sign-ins", signInFixtures.azureRecord("ServicePrincipalSignInLogs", signInFixtures.WORKLOAD)],
  [
    "hr",
    {
      $hr: 1,
      said: null,
      columns: {
        employeeId: "E-1",
        email: "alice@larkspur.example",
        department: "Research",
        startDate: "2026-01-05",
        endDate: "31/03/2026",
        status: "Active",
        updatedAt: "2026-03-01T09:00:00Z",
      },
    },
  ],
  ["export", exportFixtures.row()],
  ["ocsf", ocsfRecord(3001, 5, { user: { ...OCSF_ALICE, account: { uid: "a-1", name: "alice" } } })],
  ["ocsf", ocsfRecord(3002, 1, { user: OCSF_ALICE, service: { name: "Wiki" } })],
  ["ocsf", ocsfRecord(3004, 12, { entity: { type: "User", name: "alice", uid: "u-alice" } })],
  [
    "ocsf",
    ocsfRecord(3005, 1, { user: OCSF_ALICE, privileges: ["admin", "billing"], resources: [{ name: "EU" }] }),
  ],
  [
    "ocsf",
    ocsfRecord(3006, 3, {
      user: OCSF_ALICE,
      group: { uid: "g-1", name: "Engineers" },
      status_id: 2,
      status_code: "409",
      status_detail: "Conflict",
      unmapped: { rollcall: { layer: "provisioning" } },
    }),
  ],
];
