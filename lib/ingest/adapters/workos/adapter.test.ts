import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { workos } from "./adapter.ts";
import { type Data, DIRECTORY, event, GROUP, TOKEN, USER } from "./fixtures.ts";

const only = (record: unknown) => {
  const events = workos.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

const person = {
  id: "directory_user_01ALICE",
  externalId: "00u1alice",
  userName: "alice",
  email: "alice@larkspur.example",
  displayName: "Alice Example",
};
const engineering = { kind: "group", id: "directory_group_01ENG", name: "Engineering" };

describe("Directory Sync", () => {
  it("gives every field of a user", () => {
    const context = { client_id: "c1", actor: { id: "user_01", source: "api", name: "Bob Example" } };
    expect(workos.parse(event("dsync.user.created", USER, { context }))).toEqual([
      {
        nativeId: "event_01LARKSPUR",
        nativeType: "dsync.user.created",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        layer: "directory",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: true,
        person,
        application: null,
        account: null,
        entitlement: null,
        credential: null,
        actor: { id: "user_01", type: "api", name: "Bob Example" },
        error: null,
        attributes: { department: "Research", title: "Chemist", manager: "bob@larkspur.example" },
        attributesBefore: null,
        effectiveAt: null,
        correlationId: null,
      },
    ]);
  });

  it.each([
    ["active", "inactive", "deactivate", false, null],
    ["inactive", "active", "reactivate", true, null],
    ["active", "suspended", "deactivate", false, "suspend"],
    ["suspended", "active", "reactivate", true, "suspend"],
    ["suspended", "inactive", "update", false, null],
    [null, "inactive", "update", false, null],
    [undefined, "inactive", "update", false, null],
    [undefined, "active", "update", true, null],
    [undefined, "odd", "update", null, null],
  ])("an update from state %s to %s is a %s", (was, state, operation, active, detail) => {
    const user: Data = { ...USER, state, previous_attributes: was === undefined ? {} : { state: was } };
    expect(only(event("dsync.user.updated", user))).toMatchObject({ operation, active, detail });
  });

  it("finds the previous state in the event's context too", () => {
    const context = { previous_attributes: { state: "active" } };
    expect(only(event("dsync.user.updated", { ...USER, state: "inactive" }, { context }))?.operation).toBe(
      "deactivate",
    );
  });

  it("asserts no state for one who is deleted, whatever state stands there", () => {
    expect(only(event("dsync.user.deleted", USER))).toMatchObject({
      operation: "delete",
      active: null,
      person,
    });
  });

  it.each([
    ["dsync.group.user_added", "member-add"],
    ["dsync.group.user_removed", "member-remove"],
  ])("%s is a %s that asserts no state", (name, operation) => {
    const data = { directory_id: "directory_01LARKSPUR", user: USER, group: GROUP };
    expect(only(event(name, data))).toMatchObject({
      layer: "directory",
      operation,
      object: "user",
      active: null,
      person,
      entitlement: engineering,
    });
  });

  it.each([
    ["dsync.group.created", "create"],
    ["dsync.group.updated", "update"],
    ["dsync.group.deleted", "delete"],
  ])("%s is a %s of the group", (name, operation) => {
    expect(only(event(name, GROUP))).toMatchObject({
      operation,
      object: "group",
      person: null,
      entitlement: engineering,
    });
  });

  it.each([
    ["dsync.activated", "create"],
    ["dsync.deactivated", "deactivate"],
    ["dsync.deleted", "delete"],
  ])("%s is a %s of the directory", (name, operation) => {
    expect(only(event(name, DIRECTORY))).toMatchObject({
      operation,
      object: "application",
      application: { id: "directory_01LARKSPUR", name: "Larkspur Labs" },
    });
  });

  it.each([
    ["dsync.token.created", "credential-create"],
    ["dsync.token.revoked", "credential-revoke"],
  ])("%s is a %s", (name, operation) => {
    expect(only(event(name, TOKEN))).toMatchObject({
      operation,
      object: "credential",
      person: null,
      credential: { id: "directory_token_01LARKSPUR", name: "a1b2" },
    });
  });
});

describe("people", () => {
  const of = (differs: Data) => only(event("dsync.user.created", { ...USER, ...differs }));

  it("go by their primary e-mail where they have no user name", () => {
    expect(of({ username: null })?.person?.userName).toBe("alice@larkspur.example");
    expect(of({ username: null, emails: null, email: null })?.person).toMatchObject({
      userName: null,
      email: null,
    });
    expect(of({ emails: [{ value: "x@larkspur.example" }], email: null })?.person?.email).toBe(
      "x@larkspur.example",
    );
  });

  it("are named by what there is of their names", () => {
    expect(of({ last_name: null })?.person?.displayName).toBe("Alice");
    expect(of({ first_name: null, last_name: "", name: "A. Example" })?.person?.displayName).toBe(
      "A. Example",
    );
  });

  it("have the attributes that their directory sent, where WorkOS has none", () => {
    const raw_attributes = {
      title: "Engineer",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        department: "Research",
        manager: { value: "2", displayName: "Bob Example" },
      },
    };
    expect(of({ job_title: null, custom_attributes: {}, raw_attributes })?.attributes).toEqual({
      department: "Research",
      title: "Engineer",
      manager: "Bob Example",
    });
  });
});

describe("other events", () => {
  it.each([
    ["user.created", "directory", "success"],
    ["connection.activated", "directory", "success"],
    ["dsync.something_new", "directory", "success"],
    ["session.created", "access", "success"],
    ["authentication.password_failed", "access", "failure"],
    ["action.authentication.denied", "access", "failure"],
  ])("%s is kept in the layer %s, a %s, and names nobody", (name, layer, outcome) => {
    const record = event(name, { id: "user_01", email: "alice@larkspur.example" });
    expect(workos.detect(record)).toBe(true);
    const parsed = only(record);
    expect(parsed).toMatchObject({ layer, outcome, operation: "other", object: null, person: null });
    expect(parsed?.error === null).toBe(outcome === "success");
  });
});

describe("records", () => {
  it("are told from other things", () => {
    const { object: _, ...webhook } = event("dsync.user.created", USER, { id: "wh_1" });
    expect(workos.detect(webhook)).toBe(true);
    const { object: __, ...other } = event("user.created", USER);
    expect(workos.detect(other)).toBe(false);
    expect(workos.detect({ event: "dsync.user.created", data: [] })).toBe(false);
    expect([null, [], "x", 1, {}, { object: "list", data: [] }].some(workos.detect)).toBe(false);
  });

  it("give the same events as a webhook and from the API", () => {
    const { object: _, ...webhook } = event("dsync.user.created", USER);
    expect(workos.parse(webhook)).toEqual(workos.parse(event("dsync.user.created", USER)));
  });

  it("without an own time have that of their data", () => {
    const record = event("dsync.user.created", { ...USER, updated_at: "2026-04-01T00:00:00Z" });
    expect(only({ ...record, created_at: null })?.at).toBe(Date.parse("2026-04-01T00:00:00Z"));
  });

  it("that can't be read are refused by the field's name", () => {
    expect(() => workos.parse(event("dsync.user.created", USER, { created_at: 5 }))).toThrow('"created_at"');
    expect(() => workos.parse(event("dsync.user.created", USER, { data: "x" }))).toThrow('"data"');
    expect(() => workos.parse({ data: {} })).toThrow(RecordError);
  });
});
