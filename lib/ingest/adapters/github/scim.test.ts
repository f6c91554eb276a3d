import { describe, expect, it } from "vitest";
import { github } from "./adapter.ts";
import { auditRecord, scimRecord } from "./fixtures.ts";

const first = (record: unknown) => github.parse(record)[0];
const enterprise = { id: "9", name: "GitHub larkspur-inc" };
const alice = { id: "501", userName: "alice-larkspur", displayName: null };

describe("SCIM", () => {
  const success = "external_identity.scim_api_success";
  const patch = (Operations: unknown) => JSON.stringify({ Operations });

  it.each<[string, unknown, string, boolean | null]>([
    ["POST", null, "create", null],
    ["POST", JSON.stringify({ userName: "alice@larkspur.example", active: true }), "create", true],
    ["PUT", JSON.stringify({ active: true }), "update", true],
    ["PUT", JSON.stringify({ active: false }), "deactivate", false],
    ["PATCH", null, "update", null],
    ["PATCH", patch([{ op: "replace", path: "active", value: "False" }]), "deactivate", false],
    ["PATCH", patch([{ op: "Replace", value: { active: true } }]), "reactivate", true],
    ["PATCH", patch([{ op: "replace", path: "title", value: "Chemist" }]), "update", null],
    ["PATCH", "{cut off", "update", null],
    ["DELETE", null, "delete", null],
    ["GET", null, "read", null],
    ["", null, "other", null],
  ])("%s with the body %s is a %s", (method, api_request_body, operation, active) => {
    expect(first(scimRecord(success, method, { api_request_body }))).toMatchObject({
      layer: "provisioning",
      object: "user",
      outcome: "success",
      operation,
      active,
      application: enterprise,
      account: { id: "scim-alice" },
    });
  });

  it("names the person whom the body names", () => {
    const api_request_body = {
      userName: "alice",
      externalId: "00u1alice",
      displayName: "Alice Example",
      emails: [{ value: "x@larkspur.example" }, { value: "alice@larkspur.example", primary: true }],
    };
    expect(first(scimRecord(success, "POST", { api_request_body, scim_user_id: null }))).toMatchObject({
      person: {
        id: null,
        externalId: "00u1alice",
        userName: "alice",
        email: "alice@larkspur.example",
        displayName: "Alice Example",
      },
      account: { id: null, userName: "alice", displayName: null },
    });
  });

  it("failures have class, status, scimType and the words", () => {
    const message = '{"scimType":"uniqueness","detail":"userName is taken"}';
    const record = scimRecord("external_identity.scim_api_failure", "POST", { status_code: 409, message });
    expect(first(record)).toMatchObject({
      layer: "provisioning",
      operation: "create",
      outcome: "failure",
      account: { id: "scim-alice" },
      error: {
        class: "uniqueness",
        code: null,
        httpStatus: 409,
        scimType: "uniqueness",
        message,
        advice: null,
      },
    });
  });

  it.each([
    [429, null, "rate-limit"],
    ["403", "No licenses available: seat limit reached", "licence"],
    [500, null, "server"],
    [200, null, "unknown"],
    [null, "Resource not found", "not-found"],
  ])("a failure with status %s and the words %s is of class %s", (status_code, message, expected) => {
    const record = scimRecord("external_identity.scim_api_failure", "PATCH", { status_code, message });
    expect(first(record)?.error?.class).toBe(expected);
  });

  it("that names nobody is laid on the connection", () => {
    const record = scimRecord("external_identity.scim_api_failure", "POST", { scim_user_id: null });
    expect(first(record)).toMatchObject({ object: "application", application: enterprise, account: null });
  });

  it("is of a group for an external group", () => {
    const group = { scim_user_id: null, scim_group_id: "scim-eng", api_request_body: { active: false } };
    expect(first(scimRecord("external_group.scim_api_success", "PATCH", group))).toMatchObject({
      layer: "provisioning",
      object: "group",
      active: null,
      person: null,
      account: null,
      entitlement: { kind: "group", id: "scim-eng", name: "scim-eng" },
    });
    expect(
      first(scimRecord("external_group.scim_api_failure", "DELETE", { ...group, status_code: 404 })),
    ).toMatchObject({
      operation: "delete",
      outcome: "failure",
      error: { class: "not-found" },
    });
  });

  it("and the external identity tell of one account by its SCIM id", () => {
    const record = auditRecord("external_identity.provision", { scim_user_id: "scim-alice" });
    expect(first(record)?.account).toEqual({ ...alice, id: "scim-alice" });
    const nobody = auditRecord("external_identity.update", {
      scim_user_id: "scim-alice",
      user: null,
      user_id: null,
    });
    expect(first(nobody)?.account).toEqual({ id: "scim-alice", userName: null, displayName: null });
  });
});
