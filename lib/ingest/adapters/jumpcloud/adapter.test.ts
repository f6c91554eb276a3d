import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { jumpcloud } from "./adapter.ts";
import { ALICE_HERSELF, APPLICATION, association, type Data, insight } from "./fixtures.ts";

const only = (record: unknown) => {
  const events = jumpcloud.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

const alice = {
  id: "jc-alice",
  externalId: null,
  userName: "alice",
  email: "alice@larkspur.example",
  displayName: null,
};
const ledger = { id: "app-ledger", name: "Ledger" };

describe("Directory Insights", () => {
  it("gives every field of a user who was created", () => {
    const changes = [
      { field: "department", to: "Research" },
      { field: "jobTitle", to: "Chemist" },
      { field: "state", to: "ACTIVATED" },
    ];
    expect(jumpcloud.parse(insight("user_create", { changes }))).toEqual([
      {
        nativeId: "insight_larkspur_1",
        nativeType: "user_create",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        effectiveAt: null,
        layer: "directory",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: true,
        person: alice,
        application: null,
        account: null,
        entitlement: null,
        credential: null,
        actor: { id: "admin-bob", type: "admin", name: "bob@larkspur.example" },
        error: null,
        attributes: { department: "Research", title: "Chemist" },
        attributesBefore: null,
        correlationId: null,
      },
    ]);
  });

  it.each([
    ["user_create", "create", null, null, "success"],
    ["user_update", "update", null, null, "success"],
    ["user_delete", "delete", null, null, "success"],
    ["user_activated", "reactivate", true, null, "success"],
    ["user_suspended", "deactivate", false, "suspend", "success"],
    ["user_unsuspended", "reactivate", true, "suspend", "success"],
    ["user_suspension_schedule_create", "deactivate", null, "schedule", "pending"],
    ["user_activation_schedule_create", "reactivate", null, "schedule", "pending"],
  ])("%s is a %s of the person", (name, operation, active, detail, outcome) => {
    expect(only(insight(name))).toMatchObject({
      layer: "directory",
      object: "user",
      operation,
      active,
      detail,
      outcome,
      person: alice,
      application: null,
    });
  });

  it.each<[unknown, string, boolean | null, string | null]>([
    [[{ field: "suspended", from: false, to: true }], "deactivate", false, "suspend"],
    [[{ field: "suspended", from: true, to: false }], "reactivate", true, "suspend"],
    [[{ field: "state", from: "ACTIVATED", to: "SUSPENDED" }], "deactivate", false, "suspend"],
    [[{ field: "state", from: "SUSPENDED", to: "ACTIVATED" }], "reactivate", true, "suspend"],
    [[{ field: "state", from: "STAGED", to: "ACTIVATED" }], "reactivate", true, null],
    [[{ field: "activated", from: false, to: true }], "reactivate", true, null],
    [[{ field: "state", to: "ACTIVATED" }], "update", true, null],
    [[{ field: "state", from: "ACTIVATED", to: "STAGED" }], "update", false, null],
    [[{ field: "account_locked", from: false, to: true }], "update", null, null],
    ["odd", "update", null, null],
  ])("an update with the changes %j is a %s", (changes, operation, active, detail) => {
    expect(only(insight("user_update", { changes }))).toMatchObject({ operation, active, detail });
  });

  it("tells department, title and manager before a change and after", () => {
    const changes = [
      { field: "department", from: "Research", to: "Sales" },
      { field: "job_title", from: "Chemist", to: "" },
      { field: "manager", from: null, to: "jc-carol" },
    ];
    expect(only(insight("user_update", { changes }))).toMatchObject({
      attributes: { department: "Sales", manager: "jc-carol" },
      attributesBefore: { department: "Research", title: "Chemist" },
    });
  });

  it.each([
    ["group_create", "create"],
    ["group_update", "update"],
    ["group_delete", "delete"],
  ])("%s is a %s of the group", (name, operation) => {
    const resource = { id: "g-eng", type: "user_group", name: "Engineering" };
    expect(only(insight(name, { resource }))).toMatchObject({
      layer: "directory",
      object: "group",
      operation,
      person: null,
      entitlement: { kind: "group", id: "g-eng", name: "Engineering" },
    });
  });
});

describe("associations", () => {
  const user = { type: "user", object_id: "jc-alice", name: "alice" };
  const end = (type: string, name: string) => ({ type, object_id: `id-${name}`, name });
  const person = { id: "jc-alice", userName: "alice" };

  it.each([
    ["add", "member-add"],
    ["remove", "member-remove"],
  ])("%s with a group, from either end, is a %s", (op, operation) => {
    const expected = {
      layer: "directory",
      object: "user",
      operation,
      detail: null,
      person,
      entitlement: { kind: "group", id: "id-Engineering", name: "Engineering" },
    };
    expect(only(association(op, end("user_group", "Engineering"), user))).toMatchObject(expected);
    expect(only(association(op, user, end("user_group", "Engineering")))).toMatchObject(expected);
  });

  it.each(["application", "g_suite", "office_365", "ldap_server", "active_directory", "radius_server"])(
    "with %s are assignments",
    (type) => {
      const application = { id: "id-Ledger", name: "Ledger" };
      const shared = { layer: "directory", object: "user", detail: "assignment", person, application };
      expect(only(association("add", user, end(type, "Ledger")))).toMatchObject({
        ...shared,
        operation: "create",
      });
      expect(only(association("remove", user, end(type, "Ledger")))).toMatchObject({
        ...shared,
        operation: "deactivate",
      });
    },
  );

  it.each([
    ["add", end("user_group", "Engineering"), end("application", "Ledger")],
    ["add", user, end("system", "laptop")],
    ["update", user, end("user_group", "Engineering")],
  ])("%s of %j and %j is kept and names nobody", (op, from, to) => {
    expect(only(association(op, from, to))).toMatchObject({
      layer: "directory",
      operation: "other",
      object: null,
      person: null,
    });
  });
});

describe("provisioning", () => {
  it.each([
    ["user_create_provision", "create"],
    ["user_update_provision", "update"],
    ["user_delete_provision", "delete"],
    ["user_deprovision", "deactivate"],
    ["user_import_provision", "other"],
    ["group_deprovisioned", "other"],
  ])("%s is an attempt to %s", (name, operation) => {
    expect(only(insight(name, { application: APPLICATION }))).toMatchObject({
      layer: "provisioning",
      object: "user",
      operation,
      outcome: "success",
      person: alice,
      application: ledger,
    });
  });

  it("finds the application as the resource too", () => {
    const resource = { ...APPLICATION, type: "application" };
    const record = insight("user_deprovision", { resource, target_resource: { ...ALICE_HERSELF } });
    expect(only(record)).toMatchObject({ object: "user", application: ledger, person: { id: "jc-alice" } });
    expect(only(insight("user_deprovision", { resource }))).toMatchObject({
      object: "application",
      application: ledger,
      person: null,
    });
  });

  it.each<[Data, unknown]>([
    [
      { success: false, error_message: "HTTP 409: user already exists" },
      { class: "uniqueness", code: null, httpStatus: 409, message: "HTTP 409: user already exists" },
    ],
    [
      { success: false, error_message: '{"status":"400","scimType":"invalidValue"}' },
      { class: "invalid-value", httpStatus: 400, scimType: "invalidValue" },
    ],
    [
      { success: undefined, error_message: "401 Unauthorized" },
      { class: "authentication", httpStatus: 401 },
    ],
    [{ success: false }, { class: "unknown", message: null }],
  ])("fails with %j", (differs, error) => {
    expect(only(insight("user_create_provision", { application: APPLICATION, ...differs }))).toMatchObject({
      outcome: "failure",
      error,
    });
  });

  it("that succeeded did so whatever is noted beside it", () => {
    expect(only(insight("user_deprovision", { error_message: "retried" }))?.outcome).toBe("success");
    expect(only(insight("user_deprovision", { success: undefined, error_message: "" }))?.outcome).toBe(
      "success",
    );
  });
});

describe("sign-ins", () => {
  it.each(["user_login_attempt", "sso_auth", "radius_auth", "ldap_bind"])("%s is one of who acts", (name) => {
    const record = { initiated_by: ALICE_HERSELF, resource: null };
    expect(only(insight(name, record))).toMatchObject({
      layer: "access",
      operation: "sign-in",
      object: "user",
      outcome: "success",
      person: { id: "jc-alice", userName: "alice", email: null },
      application: null,
    });
    expect(only(insight(name, { ...record, success: false }))?.outcome).toBe("failure");
  });

  it("are at the application that single sign-on leads to", () => {
    expect(only(insight("sso_auth", { application: APPLICATION }))?.application).toEqual(ledger);
    const unlabelled = { id: "app-ledger", name: "saml2", display_label: "" };
    expect(only(insight("sso_auth", { application: unlabelled }))?.application?.name).toBe("saml2");
  });

  it("of an administrator go by his e-mail, for his id is no user's", () => {
    expect(only(insight("admin_login_attempt", { resource: null }))).toMatchObject({
      layer: "access",
      operation: "sign-in",
      person: { id: null, userName: "bob@larkspur.example", email: "bob@larkspur.example" },
    });
  });

  it("by a name that is an e-mail have it as such", () => {
    const initiated_by = { type: "user", username: "alice@larkspur.example" };
    expect(only(insight("radius_auth", { initiated_by }))?.person).toMatchObject({
      id: null,
      email: "alice@larkspur.example",
    });
  });
});

describe("other events", () => {
  it.each([
    ["user_lockout", "directory"],
    ["application_update", "directory"],
    ["user_admin_granted", "directory"],
    ["ldap_search", "access"],
    ["login_attempt", "access"],
    ["access_management_access_request", "governance"],
  ])("%s is kept in the layer %s and names nobody", (name, layer) => {
    expect(only(insight(name))).toMatchObject({ layer, operation: "other", object: null, person: null });
  });
});

describe("records", () => {
  it("are told from other things", () => {
    expect(jumpcloud.detect(insight("user_create"))).toBe(true);
    expect(jumpcloud.detect(insight("user_create", { service: undefined }))).toBe(true);
    expect(jumpcloud.detect(insight("user_create", { service: 1, initiated_by: 1 }))).toBe(false);
    expect(jumpcloud.detect(insight("user_create", { timestamp: null }))).toBe(false);
    expect([null, [], "x", 1, {}, { event_type: 5 }].some(jumpcloud.detect)).toBe(false);
  });

  it("may lack an actor", () => {
    expect(only(insight("user_create", { initiated_by: null }))?.actor).toBeNull();
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => jumpcloud.parse(insight("user_create", { timestamp: "soon" }))).toThrow('"timestamp"');
    expect(() => jumpcloud.parse({ timestamp: "2026-03-02T09:15:30Z" })).toThrow('"event_type"');
    expect(() => jumpcloud.parse([])).toThrow(RecordError);
  });
});
