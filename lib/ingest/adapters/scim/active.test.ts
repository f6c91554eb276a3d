import { describe, expect, it } from "vitest";
import { type Data, entry, NEW_USER, patch, USER } from "./fixtures.ts";
import { only, patched } from "./testing.ts";

describe("a change of active", () => {
  it.each<[string, Data]>([
    ["the RFC", { op: "replace", path: "active", value: false }],
    ["an add", { op: "add", path: "active", value: false }],
    ["Okta", { op: "replace", value: { active: false } }],
    ["Entra", { op: "Replace", path: "active", value: "False" }],
    ["Entra's older jobs", { op: "Replace", path: "active", value: [{ $ref: null, value: "False" }] }],
    ["Entra without a path", { op: "Replace", value: { active: "False", "name.givenName": "Alice" } }],
    [
      "a path with its schema",
      { op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:active", value: false },
    ],
    [
      "a member with its schema",
      { op: "replace", value: { "urn:ietf:params:scim:schemas:core:2.0:User:active": false } },
    ],
    ["other cases", { OP: "REPLACE", Path: "Active", Value: "FALSE" }],
  ])("is a deactivation in the dialect of %s", (_, operation) => {
    expect(only(patched(operation))).toMatchObject({
      operation: "deactivate",
      active: false,
      outcome: "success",
    });
  });

  it("back is a reactivation by PATCH", () => {
    const record = patched({ op: "replace", path: "active", value: "True" });
    expect(only(record)).toMatchObject({ operation: "reactivate", active: true });
  });

  it("says what was set last", () => {
    const set = (value: boolean) => ({ op: "replace", path: "active", value });
    expect(only(patched(set(false), set(true)))?.operation).toBe("reactivate");
    expect(only(patched(set(true), set(false)))?.operation).toBe("deactivate");
  });

  it.each<[string, Data]>([
    [
      "another schema's",
      { op: "replace", path: "urn:larkspur:params:scim:badge:1.0:User:active", value: false },
    ],
    ["its removal", { op: "remove", path: "active" }],
    ["no truth value", { op: "replace", path: "active", value: "inactive" }],
    ["a part of another", { op: "replace", path: "emails[active eq false].value", value: "x" }],
  ])("is none: %s", (_, operation) => {
    expect(only(patched(operation))).toMatchObject({ operation: "update", active: null });
  });

  it("by PUT is a deactivation, and an update that says active", () => {
    const put = (active: unknown) =>
      only(entry("PUT", "/Users/u-1", 200, { requestBody: { ...NEW_USER, active } }));
    expect(put(false)).toMatchObject({
      operation: "deactivate",
      active: false,
      account: { id: "u-1", userName: "alice" },
    });
    expect(put("True")).toMatchObject({ operation: "update", active: true });
  });

  it("in the older PATCH, a part of a resource", () => {
    expect(only(entry("PATCH", "/Users/u-1", 200, { requestBody: { active: false } }))?.operation).toBe(
      "deactivate",
    );
  });

  it("that failed asserts nothing", () => {
    const record = { ...patched({ op: "replace", path: "active", value: false }), status: 500 };
    expect(only(record)).toMatchObject({ operation: "deactivate", outcome: "failure", active: null });
  });

  it("answered with an account that is active still was not carried out", () => {
    const record = {
      ...patched({ op: "replace", path: "active", value: false }),
      status: 200,
      responseBody: USER,
    };
    expect(only(record)).toMatchObject({
      operation: "deactivate",
      outcome: "failure",
      active: null,
      error: { class: "unsupported", httpStatus: 200 },
    });
    expect(only({ ...record, responseBody: { ...USER, active: false } })).toMatchObject({
      outcome: "success",
      active: false,
    });
  });

  it("is told by the answer where the request does not", () => {
    const record = entry("PATCH", "/Users/u-1", 200, {
      requestBody: patch({ op: "add", path: "title", value: "x" }),
    });
    expect(only({ ...record, responseBody: { ...USER, active: false } })).toMatchObject({
      operation: "update",
      active: false,
    });
    expect(only(entry("GET", "/Users/u-1", 200, { responseBody: USER }))).toMatchObject({
      operation: "read",
      active: true,
    });
  });
});
