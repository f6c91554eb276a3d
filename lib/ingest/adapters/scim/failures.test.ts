import { describe, expect, it } from "vitest";
import { type Data, entry, error, NEW_USER, patch } from "./fixtures.ts";
import { only } from "./testing.ts";

describe("a failure", () => {
  it("has the SCIM error's words, type and class", () => {
    const record = entry("POST", "/Users", 409, {
      requestBody: NEW_USER,
      responseBody: error(409, "userName is taken", "uniqueness"),
    });
    expect(only(record)).toMatchObject({
      operation: "create",
      outcome: "failure",
      active: null,
      account: { id: null, userName: "alice" },
      error: {
        class: "uniqueness",
        code: null,
        httpStatus: 409,
        scimType: "uniqueness",
        message: "userName is taken",
        advice: null,
      },
    });
  });

  it.each<[number, Data, string, string | null]>([
    [
      400,
      { responseBody: error(400, "userName is required", "invalidValue") },
      "invalid-value",
      "userName is required",
    ],
    [
      400,
      { responseBody: JSON.stringify(error(400, "department is required")) },
      "missing-attribute",
      "department is required",
    ],
    [
      400,
      { responseBody: { Errors: [{ description: "no licence is available", code: "400" }] } },
      "licence",
      "no licence is available",
    ],
    [404, { responseBody: error(404, "Resource u-1 not found") }, "not-found", "Resource u-1 not found"],
    [429, {}, "rate-limit", null],
    [401, { error: "token expired" }, "authentication", "token expired"],
    [502, { responseBody: "<html>Bad Gateway</html>" }, "server", "<html>Bad Gateway</html>"],
  ])("%i %j is of the class %s", (status, differs, errorClass, message) => {
    const record = entry("PATCH", "/Users/u-1", status, { requestBody: patch(), ...differs });
    expect(only(record)?.error).toMatchObject({ class: errorClass, httpStatus: status, message });
  });

  it("takes no name from the request: it may be another account's", () => {
    const record = entry("PUT", "/Users/u-1", 409, {
      requestBody: NEW_USER,
      responseBody: error(409, "taken"),
    });
    expect(only(record)).toMatchObject({ account: { id: "u-1", userName: null }, person: null });
  });

  it("that names nobody is the connection's", () => {
    expect(only(entry("POST", "/Users", 401))).toMatchObject({
      operation: "create",
      object: "application",
      account: null,
    });
    expect(only(entry("GET", "/Users?count=1", 401))).toMatchObject({
      operation: "read",
      object: "application",
    });
    expect(only(entry("POST", "/Groups", 500))).toMatchObject({ operation: "create", object: "application" });
  });

  it("of a deletion with not found stays a failure", () => {
    expect(only(entry("DELETE", "/Users/u-1", 404))).toMatchObject({
      outcome: "failure",
      error: { class: "not-found" },
    });
  });
});
