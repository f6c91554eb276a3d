import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { onelogin } from "./adapter.ts";
import { APP, apiEvent, broadcast, type Data } from "./fixtures.ts";

const single = (record: unknown) => {
  const events = onelogin.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

const alice = { id: "1001", externalId: null, userName: null, email: null, displayName: "Alice Example" };
const bob = { ...alice, id: "1002", displayName: "Bob Example" };
const ledger = { id: "44", name: "Ledger" };
const login = { id: "7", userName: "alice@larkspur.example", displayName: null };

describe("the directory", () => {
  it("gives every field of a user who was deactivated", () => {
    expect(onelogin.parse(apiEvent(15, { directory_sync_run_id: 5 }))).toEqual([
      {
        nativeId: "880001",
        nativeType: "15 user deactivated",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        effectiveAt: null,
        layer: "directory",
        operation: "deactivate",
        outcome: "success",
        object: "user",
        detail: null,
        active: false,
        person: alice,
        application: null,
        account: null,
        entitlement: null,
        credential: null,
        actor: { id: "1002", type: "user", name: "Bob Example" },
        error: null,
        attributes: null,
        attributesBefore: null,
        correlationId: "5",
      },
    ]);
  });

  it.each([
    [13, "create", "success", true, null],
    [533, "create", "success", true, null],
    [14, "update", "success", null, null],
    [529, "update", "success", null, null],
    [15, "deactivate", "success", false, null],
    [16, "reactivate", "success", true, null],
    [21, "deactivate", "success", false, "suspend"],
    [32, "reactivate", "success", true, "suspend"],
    [17, "delete", "success", null, null],
    [530, "delete", "success", null, null],
    [33, "import", "success", null, null],
    [48, "import", "success", null, null],
    [49, "update", "failure", null, null],
    [532, "update", "failure", null, null],
    [116, "create", "failure", null, null],
    [534, "create", "failure", null, null],
    [524, "delete", "failure", null, null],
  ])("%i is a %s of the person, a %s", (number, operation, outcome, active, detail) => {
    expect(single(apiEvent(number))).toMatchObject({
      layer: "directory",
      object: "user",
      operation,
      outcome,
      active,
      detail,
      person: alice,
      application: null,
    });
  });

  it.each([
    [4, "member-add", "success"],
    [147, "member-add", "success"],
    [149, "member-add", "success"],
    [513, "member-add", "success"],
    [520, "member-add", "failure"],
    [148, "member-remove", "success"],
    [150, "member-remove", "success"],
    [514, "member-remove", "success"],
    [521, "member-remove", "failure"],
  ])("%i is a %s of a role, a %s", (number, operation, outcome) => {
    expect(single(apiEvent(number, { role_id: 3, role_name: "Engineering" }))).toMatchObject({
      layer: "directory",
      object: "user",
      operation,
      outcome,
      person: alice,
      application: null,
      entitlement: { kind: "group", id: "3", name: "Engineering" },
    });
    expect(single(apiEvent(number))?.entitlement).toBeNull();
  });

  it.each<[number, string, Data, unknown]>([
    [
      72,
      "role-grant",
      { privilege_id: "p1", privilege_name: "Super user" },
      { id: "p1", name: "Super user" },
    ],
    [73, "role-revoke", {}, { id: null, name: "administrative privilege" }],
  ])("%i is a %s", (number, operation, differs, entitlement) => {
    expect(single(apiEvent(number, differs))).toMatchObject({
      layer: "directory",
      operation,
      person: alice,
      entitlement: { kind: "role", ...(entitlement as object) },
    });
  });

  it.each([
    [206, "create"],
    [207, "deactivate"],
  ])("%i is a %s of an assignment", (number, operation) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      layer: "directory",
      object: "user",
      operation,
      detail: "assignment",
      person: alice,
      application: ledger,
      account: login,
    });
  });

  it.each([
    [179, "credential-create"],
    [180, "credential-revoke"],
    [181, "update"],
    [182, "update"],
  ])("%i is a %s", (number, operation) => {
    const record = apiEvent(number, {
      user_id: null,
      user_name: null,
      api_credential_name: "sync",
      client_id: "c1",
    });
    expect(single(record)).toMatchObject({
      layer: "directory",
      object: "credential",
      operation,
      person: bob,
      application: { id: null, name: "OneLogin" },
      account: null,
      credential: { id: "c1", name: "sync" },
    });
    expect(single({ ...record, client_id: null })?.credential).toEqual({ id: "sync", name: "sync" });
    expect(single({ ...record, client_id: null, api_credential_name: null })?.credential).toBeNull();
  });
});

describe("provisioning", () => {
  it.each([
    [51, "create", "success"],
    [52, "update", "success"],
    [53, "deactivate", "success"],
    [54, "reactivate", "success"],
    [55, "delete", "success"],
    [59, "import", "success"],
    [60, "deactivate", "skipped"],
    [61, "deactivate", "failure"],
    [62, "reactivate", "failure"],
    [63, "delete", "failure"],
    [64, "create", "failure"],
    [65, "update", "failure"],
    [25, "other", "failure"],
    [26, "other", "success"],
  ])("%i is a %s at the app, a %s", (number, operation, outcome) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      layer: "provisioning",
      object: "user",
      operation,
      outcome,
      person: alice,
      application: ledger,
      account: login,
    });
  });

  it.each([
    [79, "other", "failure"],
    [80, "create", "success"],
    [81, "update", "success"],
    [82, "deactivate", "success"],
    [83, "reactivate", "success"],
    [84, "delete", "success"],
  ])("%i is a %s in a directory, a %s", (number, operation, outcome) => {
    const record = apiEvent(number, { ...APP, directory_id: 2, directory_name: "corp.larkspur.example" });
    expect(single(record)).toMatchObject({
      layer: "provisioning",
      object: "user",
      operation,
      outcome,
      person: alice,
      application: { id: "2", name: "corp.larkspur.example" },
      account: null,
    });
  });

  it.each([
    [38, "licence"],
    [39, "unknown"],
  ])("%i is a failure of the connection, of class %s", (number, expected) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      layer: "provisioning",
      object: "application",
      operation: "other",
      outcome: "failure",
      person: null,
      account: null,
      application: ledger,
      error: { class: expected },
    });
  });

  it("that names nobody is the connection's", () => {
    const nobody = { user_id: null, user_name: null, app_id: 44, app_name: null };
    expect(single(apiEvent(25, nobody))).toMatchObject({
      object: "application",
      person: null,
      application: { id: "44", name: "44" },
    });
  });

  it.each<[Data, unknown]>([
    [
      { error_description: "Error: HTTP 409 user already exists", notes: "tried twice" },
      { class: "uniqueness", httpStatus: 409, message: "Error: HTTP 409 user already exists" },
    ],
    [
      { error_description: '{"status":"400","scimType":"invalidValue"}' },
      { httpStatus: 400, scimType: "invalidValue" },
    ],
    [{ notes: "LICENSE_LIMIT_EXCEEDED" }, { class: "licence", code: "LICENSE_LIMIT_EXCEEDED" }],
    [{ custom_message: "Too many requests" }, { class: "rate-limit", message: "Too many requests" }],
    [{}, { class: "unknown", message: null }],
  ])("fails with %j", (differs, error) => {
    expect(single(apiEvent(64, { ...APP, ...differs }))?.error).toMatchObject(error as object);
  });
});

describe("sign-ins", () => {
  it.each([
    [5, "success"],
    [6, "failure"],
    [68, "success"],
    [69, "failure"],
    [122, "success"],
    [123, "failure"],
    [129, "failure"],
    [130, "success"],
    [140, "success"],
    [141, "failure"],
  ])("%i is one at OneLogin, a %s", (number, outcome) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      layer: "access",
      operation: "sign-in",
      object: "user",
      outcome,
      person: alice,
      application: null,
      account: null,
      error: outcome === "failure" ? { class: "authentication" } : null,
    });
  });

  it.each([
    [8, "success"],
    [77, "failure"],
    [78, "success"],
    [85, "failure"],
  ])("%i is one at the app, a %s", (number, outcome) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      layer: "access",
      operation: "sign-in",
      outcome,
      person: alice,
      application: ledger,
      account: login,
    });
  });

  it("are of who acts where no user is named", () => {
    expect(single(apiEvent(8, { ...APP, user_id: null, user_name: null }))?.person).toEqual(bob);
  });
});

describe("other events", () => {
  it.each([1, 7, 19, 531, 999])("%i is kept in the layer directory and names nobody", (number) => {
    expect(single(apiEvent(number, APP))).toMatchObject({
      nativeType: String(number),
      layer: "directory",
      operation: "other",
      object: null,
      person: null,
      application: null,
    });
  });
});

describe("people and actors", () => {
  it.each<[Data, unknown]>([
    [
      { user_name: "alice@larkspur.example" },
      { ...alice, userName: "alice@larkspur.example", email: "alice@larkspur.example", displayName: null },
    ],
    [
      { user_email: "alice@larkspur.example" },
      { ...alice, userName: "alice@larkspur.example", email: "alice@larkspur.example" },
    ],
    [{ user_id: "1001" }, alice],
    [{ user_id: null, user_name: "" }, null],
  ])("with %j are %j", (differs, person) => {
    expect(single(apiEvent(14, differs))?.person).toEqual(person);
  });

  it.each<[Data, unknown]>([
    [{ assuming_acting_user_id: 1_003 }, { id: "1003", type: "user", name: "Bob Example" }],
    [
      { actor_user_id: null, actor_user_name: null, actor_system: "Mapping" },
      { id: null, type: "system", name: "Mapping" },
    ],
    [{ actor_user_id: null, actor_user_name: null }, null],
  ])("act with %j as %j", (differs, actor) => {
    expect(single(apiEvent(14, differs))?.actor).toEqual(actor);
  });
});

describe("records", () => {
  it("of a webhook say the same, with their own id", () => {
    expect(onelogin.detect(broadcast(15))).toBe(true);
    expect(single(broadcast(15))).toEqual({
      ...single(apiEvent(15)),
      nativeId: "0f8c-larkspur",
      at: Date.parse("2026-03-02T09:15:30Z"),
    });
  });

  it("may write numbers as text", () => {
    expect(onelogin.detect(apiEvent("15"))).toBe(true);
    expect(single(apiEvent("15"))).toEqual(single(apiEvent(15)));
  });

  it("are told from other things", () => {
    expect(onelogin.detect(apiEvent(15))).toBe(true);
    for (const differs of [{ account_id: null }, { created_at: null }, { event_type_id: "user.created" }]) {
      expect(onelogin.detect({ ...apiEvent(15), ...differs })).toBe(false);
    }
    expect(onelogin.detect({ id: 1, name: "APP_ADDED_TO_ROLE", description: "" })).toBe(false);
    expect([null, [], "x", 1, {}].some(onelogin.detect)).toBe(false);
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => onelogin.parse(apiEvent(15, { created_at: "soon" }))).toThrow('"created_at"');
    expect(() => onelogin.parse(apiEvent(15, { created_at: null }))).toThrow('"event_timestamp"');
    expect(() => onelogin.parse(apiEvent(-1))).toThrow('"event_type_id"');
    expect(() => onelogin.parse(null)).toThrow(RecordError);
  });
});
