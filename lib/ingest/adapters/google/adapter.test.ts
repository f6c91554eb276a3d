import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { google } from "./adapter.ts";
import { ALICE, activity, type Data, reportEvent } from "./fixtures.ts";

const workspace = { id: "C01larkspur", name: "Google Workspace" };
const named = {
  id: null,
  externalId: null,
  userName: "alice@larkspur.example",
  email: "alice@larkspur.example",
  displayName: null,
};
const alice = { ...named, id: "101" };
const admin = (name: string, parameters: Data = {}) =>
  google.parse(
    activity("admin", [reportEvent(name, { USER_EMAIL: "alice@larkspur.example", ...parameters })]),
  );
const byAlice = (application: string, name: string, parameters: Data = {}) =>
  google.parse(activity(application, [reportEvent(name, parameters)], { actor: ALICE }));

describe("users", () => {
  it("who are suspended give every field, of the account and of the person", () => {
    const shared = {
      nativeId: "-4711",
      nativeType: "admin.SUSPEND_USER",
      at: Date.parse("2026-03-02T09:15:30.250Z"),
      effectiveAt: null,
      operation: "deactivate",
      outcome: "success",
      object: "user",
      active: false,
      person: named,
      entitlement: null,
      credential: null,
      actor: { id: "102", type: "user", name: "bob@larkspur.example" },
      error: null,
      attributes: null,
      attributesBefore: null,
      correlationId: null,
    };
    expect(admin("SUSPEND_USER")).toEqual([
      {
        ...shared,
        layer: "application",
        detail: null,
        application: workspace,
        account: { id: null, userName: "alice@larkspur.example", displayName: null },
      },
      { ...shared, layer: "directory", detail: "suspend", application: null, account: null },
    ]);
  });

  it.each([
    ["CREATE_USER", "create", true, null],
    ["DELETE_USER", "delete", null, null],
    ["UNDELETE_USER", "reactivate", true, null],
    ["SUSPEND_USER", "deactivate", false, "suspend"],
    ["UNSUSPEND_USER", "reactivate", true, "suspend"],
    ["ARCHIVE_USER", "deactivate", false, null],
    ["UNARCHIVE_USER", "reactivate", true, null],
    ["RENAME_USER", "update", null, null],
    ["CHANGE_FIRST_NAME", "update", null, null],
    ["CHANGE_LAST_NAME", "update", null, null],
    ["CHANGE_DISPLAY_NAME", "update", null, null],
    ["CHANGE_USER_ORGANIZATION", "update", null, null],
    ["CHANGE_USER_RELATION", "update", null, null],
    ["CHANGE_USER_LOCATION", "update", null, null],
    ["CHANGE_USER_EXTERNAL_ID", "update", null, null],
    ["CHANGE_USER_CUSTOM_FIELD", "update", null, null],
    ["CHANGE_USER_PHONE_NUMBER", "update", null, null],
    ["CHANGE_USER_ADDRESS", "update", null, null],
    ["MOVE_USER_TO_ORG_UNIT", "update", null, null],
  ])("%s is a %s of the account, and of the person", (name, operation, active, detail) => {
    expect(admin(name)).toMatchObject([
      { layer: "application", object: "user", operation, active, detail: null, application: workspace },
      { layer: "directory", object: "user", operation, active, detail, application: null, person: named },
    ]);
  });

  it.each([
    "account_disabled_generic",
    "account_disabled_hijacked",
    "account_disabled_password_leak",
    "account_disabled_spamming",
    "account_disabled_spamming_through_relay",
  ])("are suspended by Google itself: %s", (name) => {
    const parameters = { affected_email_address: "alice@larkspur.example" };
    expect(google.parse(activity("login", [reportEvent(name, parameters)], { actor: null }))).toMatchObject([
      { layer: "application", operation: "deactivate", active: false, person: named, actor: null },
      { layer: "directory", operation: "deactivate", active: false, detail: "suspend", person: named },
    ]);
  });

  it("have their id where they act on themselves", () => {
    const record = activity("admin", [reportEvent("RENAME_USER", { USER_EMAIL: "Alice@larkspur.example" })], {
      actor: ALICE,
    });
    expect(google.parse(record)[0]?.person).toEqual(alice);
  });
});

describe("what is given and taken", () => {
  const group = { kind: "group", id: null, name: "eng@larkspur.example" };
  const role = { kind: "role", id: "7", name: "_HELP_DESK" };
  const byName = (name: string) => ({ kind: "role", id: null, name });
  it.each<[string, string, Data, unknown]>([
    ["ADD_GROUP_MEMBER", "member-add", { GROUP_EMAIL: "eng@larkspur.example" }, group],
    ["REMOVE_GROUP_MEMBER", "member-remove", { GROUP_EMAIL: "eng@larkspur.example" }, group],
    ["ASSIGN_ROLE", "role-grant", { ROLE_ID: "7", ROLE_NAME: "_HELP_DESK" }, role],
    ["UNASSIGN_ROLE", "role-revoke", { ROLE_ID: "7" }, { ...role, name: "7" }],
    ["GRANT_ADMIN_PRIVILEGE", "role-grant", {}, byName("super admin")],
    ["REVOKE_ADMIN_PRIVILEGE", "role-revoke", {}, byName("super admin")],
    ["GRANT_DELEGATED_ADMIN_PRIVILEGES", "role-grant", {}, byName("delegated admin")],
    ["REVOKE_DELEGATED_ADMIN_PRIVILEGES", "role-revoke", {}, byName("delegated admin")],
    [
      "USER_LICENSE_ASSIGNMENT",
      "role-grant",
      { PRODUCT_NAME: "Workspace", NEW_VALUE: "Enterprise Plus" },
      { kind: "licence", id: null, name: "Enterprise Plus" },
    ],
    [
      "USER_LICENSE_REVOKE",
      "role-revoke",
      { PRODUCT_NAME: "Workspace" },
      { kind: "licence", id: null, name: "Workspace" },
    ],
    ["ASSIGN_ROLE", "role-grant", {}, null],
  ])("%s is a %s", (name, operation, parameters, entitlement) => {
    expect(admin(name, parameters)).toMatchObject([
      { layer: "application", object: "user", operation, person: named, application: workspace, entitlement },
    ]);
  });

  it.each([
    ["CREATE_GROUP", "create"],
    ["CHANGE_GROUP_NAME", "update"],
    ["CHANGE_GROUP_EMAIL", "update"],
    ["DELETE_GROUP", "delete"],
  ])("%s is a %s of the group", (name, operation) => {
    expect(admin(name, { GROUP_EMAIL: "eng@larkspur.example" })).toMatchObject([
      { layer: "application", object: "group", operation, person: null, account: null, entitlement: group },
    ]);
  });
});

describe("sign-ins", () => {
  it("are at Workspace, or at the application that trusts it", () => {
    expect(byAlice("login", "login_success", { login_type: "google_password" })).toMatchObject([
      {
        layer: "access",
        operation: "sign-in",
        outcome: "success",
        person: alice,
        application: workspace,
        account: { id: "101", userName: "alice@larkspur.example" },
      },
    ]);
    expect(byAlice("saml", "login_success", { application_name: "Ledger" })).toMatchObject([
      {
        layer: "access",
        operation: "sign-in",
        outcome: "success",
        person: alice,
        application: { id: null, name: "Ledger" },
        account: null,
      },
    ]);
    expect(byAlice("saml", "login_success")[0]?.application).toBeNull();
  });

  it.each([
    ["login", "login_failure", "login_failure_type", "login_failure_invalid_password"],
    ["saml", "login_failure", "failure_type", "failure_app_not_enabled_for_user"],
  ])("that fail (%s) have Google's reason", (application, name, parameter, code) => {
    expect(byAlice(application, name, { [parameter]: code })).toMatchObject([
      {
        layer: "access",
        operation: "sign-in",
        outcome: "failure",
        error: { class: "authentication", code, message: null },
      },
    ]);
  });
});

describe("grants to OAuth clients", () => {
  const grant = { client_id: "77.apps.example", app_name: "Mail Merge", scope: ["openid"] };
  const credential = { id: "77.apps.example of alice@larkspur.example", name: "Mail Merge" };

  it.each([
    ["authorize", "application", "credential-create"],
    ["revoke", "application", "credential-revoke"],
    ["activity", "access", "sign-in"],
  ])("token %s is in the layer %s a %s", (name, layer, operation) => {
    expect(byAlice("token", name, grant)).toMatchObject([
      {
        layer,
        operation,
        object: "credential",
        person: alice,
        account: null,
        application: workspace,
        credential,
      },
    ]);
  });

  it("are the same ones when an administrator revokes them", () => {
    expect(admin("REVOKE_3LO_TOKEN", { APP_ID: "77.apps.example" })).toMatchObject([
      {
        layer: "application",
        operation: "credential-revoke",
        object: "credential",
        credential: { ...credential, name: "77.apps.example" },
      },
    ]);
    expect(byAlice("token", "authorize")[0]?.credential).toBeNull();
  });
});

describe("other events", () => {
  it.each([
    ["admin", "CHANGE_PASSWORD", "application"],
    ["user_accounts", "2sv_enroll", "application"],
    ["user_accounts", "2sv_disable", "application"],
    ["login", "logout", "access"],
    ["saml", "something_new", "access"],
    ["token", "request", "access"],
    ["context_aware_access", "ACCESS_DENY_EVENT", "access"],
  ])("%s %s is kept in the layer %s and names nobody", (application, name, layer) => {
    expect(byAlice(application, name)).toMatchObject([
      {
        nativeType: `${application}.${name}`,
        layer,
        operation: "other",
        object: null,
        person: null,
        account: null,
      },
    ]);
  });
});

describe("actors", () => {
  it.each<[Data | null, unknown]>([
    [ALICE, { id: "101", type: "user", name: "alice@larkspur.example" }],
    [
      { callerType: "KEY", key: "SYSTEM" },
      { id: null, type: "key", name: "SYSTEM" },
    ],
    [
      { profileId: "9", applicationInfo: { oauthClientId: "1", applicationName: "SCIM bridge" } },
      { id: "9", type: "client", name: "SCIM bridge" },
    ],
    [null, null],
  ])("%j are %j", (actor, expected) => {
    const record = activity("admin", [reportEvent("CREATE_GROUP")], { actor });
    expect(google.parse(record)[0]?.actor).toEqual(expected);
  });
});

describe("records", () => {
  it("give an event for each of theirs", () => {
    const events = [
      reportEvent("CREATE_GROUP"),
      reportEvent("ADD_GROUP_MEMBER", { USER_EMAIL: ["x@larkspur.example"] }),
    ];
    const parsed = google.parse(activity("admin", events));
    expect(parsed.map((event) => [event.operation, event.person?.email ?? null])).toEqual([
      ["create", null],
      ["member-add", "x@larkspur.example"],
    ]);
    expect(google.parse(activity("admin", [{}]))[0]?.nativeType).toBe("admin.unknown");
  });

  it("are told from other things", () => {
    const record = activity("admin", []);
    expect(google.detect(record)).toBe(true);
    expect(google.detect({ ...record, kind: undefined })).toBe(true);
    expect(google.detect({ ...record, kind: undefined, events: {} })).toBe(false);
    expect(google.detect({ ...record, id: { time: "2026-03-02T09:15:30Z" } })).toBe(false);
    expect([null, [], "x", 1, {}, { kind: "admin#reports#activities", items: [] }].some(google.detect)).toBe(
      false,
    );
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => google.parse(activity("admin", []))).toThrow('"events"');
    expect(() => google.parse(activity("admin", [{}], { id: { time: 5 } }))).toThrow('"id.time"');
    expect(() => google.parse(5)).toThrow(RecordError);
    expect(
      google.parse(activity("admin", [{}], { id: { time: "2026-03-02T09:15:30Z" } }))[0]?.nativeType,
    ).toBe("unknown.unknown");
  });
});
