import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { scim } from "./adapter.ts";
import { type Data, entry, error, GROUP, NEW_USER, patch, USER } from "./fixtures.ts";

const only = (record: unknown) => {
  const events = scim.parse(record);
  expect(events).toHaveLength(1);
  return events[0];
};

/** The events in short: layer, operation, outcome, object; whom they are about, and which entitlement. */
const story = (record: unknown) =>
  scim
    .parse(record)
    .map(({ layer, operation, outcome, object, account, entitlement }) =>
      [layer, operation, outcome, object, account?.id ?? account?.userName, entitlement?.name]
        .map((part) => part ?? "-")
        .join(" "),
    );

const patched = (...operations: Data[]) =>
  entry("PATCH", "/Users/u-1", 204, { requestBody: patch(...operations) });
const regrouped = (...operations: Data[]) =>
  entry("PATCH", "/Groups/g-1", 204, { requestBody: patch(...operations) });

describe("a request", () => {
  it("gives every field of a user that it made", () => {
    const record = entry("POST", "/Users", 201, {
      requestBody: NEW_USER,
      responseBody: USER,
      traceId: "trace-1",
    });
    expect(scim.parse(record)).toEqual([
      {
        nativeId: "req-1",
        nativeType: "POST /Users",
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        effectiveAt: null,
        layer: "provisioning",
        operation: "create",
        outcome: "success",
        object: "user",
        detail: null,
        active: true,
        person: {
          id: null,
          externalId: "00u1alice",
          userName: "alice",
          email: "alice@larkspur.example",
          displayName: "Alice Example",
        },
        application: { id: null, name: "Team Chat" },
        account: { id: "u-1", userName: "alice", displayName: "Alice Example" },
        entitlement: null,
        credential: null,
        actor: { id: null, type: null, name: "okta-provisioning" },
        error: null,
        attributes: null,
        attributesBefore: null,
        correlationId: "trace-1",
      },
    ]);
  });

  it.each([
    ["POST", "/Users", 201, "provisioning create success user - -"],
    ["PUT", "/Users/u-1", 200, "provisioning update success user u-1 -"],
    ["PATCH", "/Users/u-1", 204, "provisioning update success user u-1 -"],
    ["DELETE", "/Users/u-1", 204, "provisioning delete success user u-1 -"],
    ["GET", "/Users/u-1", 200, "provisioning read success user u-1 -"],
    ["HEAD", "/Users/u-1", 304, "provisioning read success user u-1 -"],
    ["GET", "/Users?startIndex=1", 200, "provisioning read success user - -"],
    ["POST", "/Users/.search", 200, "provisioning read success user - -"],
    ["POST", "/.search", 200, "provisioning read success application - -"],
    ["POST", "/Groups", 201, "provisioning create success group - -"],
    ["PUT", "/Groups/g-1", 200, "provisioning update success group - g-1"],
    ["PATCH", "/Groups/g-1", 204, "provisioning update success group - g-1"],
    ["DELETE", "/Groups/g-1", 204, "provisioning delete success group - g-1"],
    ["GET", "/Groups/g-1", 200, "provisioning read success group - g-1"],
    ["PATCH", "/Me", 200, "application update success user - -"],
    ["POST", "/Bulk", 200, "provisioning other success application - -"],
    ["GET", "/ServiceProviderConfig", 200, "provisioning read success application - -"],
    [
      "GET",
      "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
      200,
      "provisioning read success application - -",
    ],
    ["POST", "/Devices", 201, "provisioning other success application - -"],
  ])("%s %s, answered %i without bodies, is %s", (method, path, status, expected) => {
    expect(story(entry(method, path, status))).toEqual([expected]);
  });

  it.each([
    [200, "success"],
    [202, "pending"],
    [null, "pending"],
    [100, "pending"],
    [307, "skipped"],
    [400, "failure"],
    [404, "failure"],
    [503, "failure"],
  ])("answered %s is a %s", (status, outcome) => {
    expect(only(entry("DELETE", "/Users/u-1", status))?.outcome).toBe(outcome);
  });

  it("that only asked for what is not there proves nothing", () => {
    expect(story(entry("GET", "/Users/u-1", 404))).toEqual(["provisioning read skipped user u-1 -"]);
    expect(story(entry("GET", "/Users/u-1", 410))).toEqual(["provisioning read skipped user u-1 -"]);
    expect(story(entry("GET", "/Users/u-1", 500))).toEqual(["provisioning read failure user u-1 -"]);
  });

  it("for a new resource knows its id from the answer, or from where it is", () => {
    const made = (differs: Data) => only(entry("POST", "/Users", 201, { requestBody: NEW_USER, ...differs }));
    expect(made({ responseBody: { id: 7 } })?.account).toMatchObject({ id: "7", userName: "alice" });
    expect(made({ responseBody: { meta: USER.meta } })?.account?.id).toBe("u-1");
    expect(made({ location: "https://chat.larkspur.example/scim/v2/Users/u-9" })?.account?.id).toBe("u-9");
    expect(made({})?.account).toMatchObject({ id: null, userName: "alice" });
  });

  it("reads ids as the path encodes them", () => {
    expect(only(entry("DELETE", "/Users/alice%40larkspur.example?x=1", 204))?.account?.id).toBe(
      "alice@larkspur.example",
    );
    expect(only(entry("DELETE", "/Users/100%", 204))?.account?.id).toBe("100%");
  });

  it("of the person's own at /Me is no provisioning", () => {
    const record = entry("PATCH", "/Me", 200, {
      requestBody: patch({ op: "add", path: "title", value: "x" }),
      responseBody: USER,
    });
    expect(only(record)).toMatchObject({
      layer: "application",
      account: { id: "u-1" },
      actor: { type: "user", name: "okta-provisioning" },
    });
  });
});

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

describe("roles and entitlements", () => {
  it.each<[string, Data[], string[]]>([
    [
      "a grant",
      [{ op: "add", path: "roles", value: [{ value: "admin", display: "Administrator" }] }],
      ["role-grant Administrator"],
    ],
    [
      "two grants",
      [{ op: "add", path: "entitlements", value: [{ value: "a" }, { value: "b" }] }],
      ["role-grant a", "role-grant b"],
    ],
    ["a text", [{ op: "Add", path: 'roles[primary eq "True"].value', value: "admin" }], ["role-grant admin"]],
    ["a loss by filter", [{ op: "remove", path: 'roles[value eq "admin"]' }], ["role-revoke admin"]],
    [
      "a loss by value",
      [{ op: "remove", path: "roles", value: [{ value: "admin" }] }],
      ["role-revoke admin"],
    ],
    ["a loss of all", [{ op: "remove", path: "roles" }], ["update -"]],
    ["no roles", [{ op: "replace", path: "roles", value: [] }], ["update -"]],
    [
      "a role's name",
      [{ op: "replace", path: 'roles[value eq "admin"].display', value: "Boss" }],
      ["update -"],
    ],
    [
      "another change beside",
      [
        { op: "add", path: "roles", value: [{ value: "admin" }] },
        { op: "replace", path: "title", value: "x" },
      ],
      ["update -", "role-grant admin"],
    ],
    [
      "a deactivation beside",
      [
        { op: "remove", path: 'roles[value eq "admin"]' },
        { op: "replace", path: "active", value: false },
      ],
      ["deactivate -", "role-revoke admin"],
    ],
  ])("%s", (_, operations, expected) => {
    const events = scim.parse(patched(...operations));
    expect(events.map(({ operation, entitlement }) => `${operation} ${entitlement?.name ?? "-"}`)).toEqual(
      expected,
    );
    expect(events.every(({ account }) => account?.id === "u-1")).toBe(true);
  });

  it("that come with a new account or a whole resource are granted", () => {
    const roles = [{ value: "admin" }];
    const made = entry("POST", "/Users", 201, { requestBody: NEW_USER, responseBody: { ...USER, roles } });
    expect(story(made)).toEqual([
      "provisioning create success user u-1 -",
      "provisioning role-grant success user u-1 admin",
    ]);
    const put = entry("PUT", "/Users/u-1", 200, { requestBody: { ...NEW_USER, roles }, responseBody: USER });
    expect(story(put)[1]).toBe("provisioning role-grant success user u-1 admin");
    expect(story({ ...put, requestBody: NEW_USER, responseBody: { ...USER, roles } })).toHaveLength(1);
  });

  it("that failed with the request are one failure each, or one with the rest of it", () => {
    const grant = { op: "add", path: "roles", value: [{ value: "a" }, { value: "b" }] };
    expect(story({ ...patched(grant), status: 403 })).toEqual([
      "provisioning role-grant failure user u-1 a",
      "provisioning role-grant failure user u-1 b",
    ]);
    const more = { op: "replace", path: "title", value: "x" };
    expect(story({ ...patched(grant, more), status: 403 })).toEqual([
      "provisioning update failure user u-1 -",
    ]);
  });
});

describe("members of groups", () => {
  it.each<[string, Data[], string[]]>([
    [
      "added, one event each",
      [{ op: "add", path: "members", value: [{ value: "u-1", display: "Alice" }, { value: "u-2" }] }],
      ["member-add success user u-1 g-1", "member-add success user u-2 g-1"],
    ],
    [
      "added alone",
      [{ op: "Add", path: "members", value: { value: "u-1" } }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "added without a path",
      [{ op: "add", value: { members: [{ value: "u-1" }] } }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "replaced",
      [{ op: "replace", path: "members", value: [{ value: "u-1" }] }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "removed by filter",
      [{ op: "remove", path: 'members[value eq "u-1"]' }],
      ["member-remove success user u-1 g-1"],
    ],
    [
      "removed by a filter of several",
      [{ op: "remove", path: 'members[value eq "u-1" or value eq "u-2"]' }],
      ["member-remove success user u-1 g-1", "member-remove success user u-2 g-1"],
    ],
    [
      "removed by value",
      [{ op: "Remove", path: "members", value: [{ value: "u-1" }] }],
      ["member-remove success user u-1 g-1"],
    ],
    ["removed without a name", [{ op: "remove", path: "members" }], ["update success group - g-1"]],
    [
      "removed by another filter",
      [{ op: "remove", path: 'members[not (value eq "u-1")]' }],
      ["update success group - g-1"],
    ],
    [
      "that are groups",
      [{ op: "add", path: "members", value: [{ value: "g-2", type: "Group" }] }],
      ["update success group - g-1"],
    ],
    [
      "left alone",
      [{ op: "replace", path: "displayName", value: "Chemists" }],
      ["update success group - Chemists"],
    ],
  ])("%s", (_, operations, expected) => {
    expect(story(regrouped(...operations)).map((line) => line.replace("provisioning ", ""))).toEqual(
      expected,
    );
  });

  it("come and go in one request, beside a change of the group", () => {
    const record = regrouped(
      { op: "replace", path: "displayName", value: "Chemists" },
      { op: "add", path: "members", value: [{ value: "u-1" }] },
      { op: "remove", path: 'members[value eq "u-2"]' },
    );
    expect(story(record)).toEqual([
      "provisioning update success group - Chemists",
      "provisioning member-add success user u-1 Chemists",
      "provisioning member-remove success user u-2 Chemists",
    ]);
    expect(story({ ...record, status: 500 })).toEqual(["provisioning update failure group - g-1"]);
  });

  it("belong to the group by its id, and by its name where the answer has it", () => {
    const record = {
      ...regrouped({ op: "add", path: "members", value: [{ value: "u-1", display: "Alice" }] }),
      responseBody: GROUP,
    };
    expect(only(record)).toMatchObject({
      account: { id: "u-1", userName: null, displayName: "Alice" },
      entitlement: { kind: "group", id: "g-1", name: "Engineering" },
    });
  });

  it("come with a new group and with a whole one", () => {
    for (const record of [
      entry("POST", "/Groups", 201, { requestBody: GROUP, responseBody: GROUP }),
      entry("PUT", "/Groups/g-1", 200, { requestBody: GROUP }),
    ]) {
      expect(
        scim
          .parse(record)
          .map(({ operation, account }) => `${operation} ${account?.id}`)
          .slice(1),
      ).toEqual(["member-add u-1", "member-add u-2"]);
    }
  });
});

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

describe("a search", () => {
  const Resources = [USER, { id: "u-2", userName: "bob", active: false }, { userName: "nobody" }, "x"];

  it("by a filter names the accounts that it found", () => {
    const record = entry("GET", '/Users?filter=userName eq "alice"', 200, {
      responseBody: { totalResults: 2, Resources },
    });
    expect(story(record)).toEqual([
      "provisioning read success user u-1 -",
      "provisioning read success user u-2 -",
    ]);
    expect(scim.parse(record)[1]).toMatchObject({
      active: false,
      account: { userName: "bob" },
      person: { userName: "bob" },
    });
    expect(story({ ...record, method: "POST", path: "/Users/.search" })).toHaveLength(2);
  });

  it("that found nobody, and a list of all, name nobody", () => {
    const record = entry("GET", "/Users?filter=x", 200, { responseBody: { totalResults: 0, Resources: [] } });
    expect(story(record)).toEqual(["provisioning read success user - -"]);
    expect(story(entry("GET", "/Users", 200, { responseBody: { Resources } }))).toHaveLength(1);
  });
});

describe("a bulk request", () => {
  const Operations = [
    { method: "POST", path: "/Users", bulkId: "a", data: NEW_USER },
    {
      method: "POST",
      path: "/Groups",
      bulkId: "g",
      data: { displayName: "Engineering", members: [{ value: "bulkId:a" }] },
    },
    { method: "PATCH", path: "/Users/u-2", data: patch({ op: "replace", path: "active", value: false }) },
    { method: "DELETE", path: "/Users/u-3" },
  ];
  const answers = [
    {
      method: "POST",
      bulkId: "a",
      location: "https://chat.larkspur.example/scim/v2/Users/u-1",
      status: "201",
    },
    { method: "POST", bulkId: "g", location: "/scim/v2/Groups/g-1", status: { code: "201" } },
    { method: "PATCH", location: "/scim/v2/Users/u-2", status: "200" },
    {
      method: "DELETE",
      location: "/scim/v2/Users/u-3",
      status: "403",
      response: error(403, "access denied"),
    },
  ];
  const bulk = (differs: Data) => entry("POST", "/Bulk", 200, { requestBody: { Operations }, ...differs });

  it("is one event for each operation, by its own status", () => {
    expect(story(bulk({ responseBody: { Operations: answers } }))).toEqual([
      "provisioning create success user u-1 -",
      "provisioning create success group - Engineering",
      "provisioning member-add success user u-1 Engineering",
      "provisioning deactivate success user u-2 -",
      "provisioning delete failure user u-3 -",
    ]);
    const events = scim.parse(bulk({ responseBody: { Operations: answers } }));
    expect(events.map((event) => event.nativeType)).toContain("DELETE /Users");
    expect(events.at(-1)?.error).toMatchObject({ class: "authentication", message: "access denied" });
  });

  it("that stopped early leaves the rest pending, as does an answer that was not kept", () => {
    const short = story(bulk({ responseBody: { Operations: answers.slice(0, 2) } }));
    expect(short.slice(3)).toEqual([
      "provisioning deactivate pending user u-2 -",
      "provisioning delete pending user u-3 -",
    ]);
    expect(scim.parse(bulk({})).every((event) => event.outcome === "pending")).toBe(true);
  });

  it("is read from its answer where the request was not kept", () => {
    const record = bulk({ requestBody: null, responseBody: { Operations: answers } });
    expect(story(record)).toEqual([
      "provisioning create success user u-1 -",
      "provisioning create success group - g-1",
      "provisioning update success user u-2 -",
      "provisioning delete failure user u-3 -",
    ]);
  });

  it("that failed as a whole fails in each operation", () => {
    const record = { ...bulk({ responseBody: error(413, "too many operations") }), status: 413 };
    expect(scim.parse(record).map((event) => `${event.operation} ${event.error?.httpStatus}`)).toEqual([
      "create 413",
      "create 413",
      "deactivate 413",
      "delete 413",
    ]);
  });
});

describe("records", () => {
  it.each<[string, Data]>([
    [
      "pino",
      {
        time: 1772442930250,
        req: { id: 5, method: "DELETE", url: "/scim/v2/Users/u-1" },
        res: { statusCode: 204 },
      },
    ],
    [
      "ECS",
      {
        "@timestamp": "2026-03-02T09:15:30.250Z",
        http: { request: { method: "DELETE", id: "5" }, response: { status_code: 204 } },
        url: { path: "/scim/v2/Users/u-1", domain: "chat.larkspur.example" },
      },
    ],
    [
      "OpenTelemetry",
      {
        timestamp: "2026-03-02T09:15:30.250Z",
        id: "5",
        "http.request.method": "DELETE",
        "http.target": "/Users/u-1",
        "http.response.status_code": "204",
      },
    ],
    [
      "nginx",
      {
        time_iso8601: "2026-03-02T10:15:30.250+01:00",
        request_id: "5",
        request_method: "DELETE",
        request_uri: "/Users/u-1?x",
        status: "204",
      },
    ],
    [
      "a gateway",
      {
        ts: 1772442930.25,
        requestId: "5",
        RequestMethod: "delete",
        url: "https://chat.larkspur.example/scim/v2/Users/u-1",
        Status: "204 No Content",
      },
    ],
    [
      "exchanges",
      {
        time: "1772442930.250",
        id: "5",
        request: { method: "DELETE", url: "/Users/u-1", headers: {} },
        response: { status: 204, headers: {} },
      },
    ],
  ])("of %s are read", (_, record) => {
    expect(scim.detect(record)).toBe(true);
    expect(only(record)).toMatchObject({
      nativeId: "5",
      at: Date.parse("2026-03-02T09:15:30.250Z"),
      operation: "delete",
      outcome: "success",
      account: { id: "u-1" },
    });
  });

  it("name the application, or its host, or nothing better than SCIM", () => {
    const named = (differs: Data) =>
      only(entry("DELETE", "/Users/u-1", 204, { application: null, ...differs }))?.application?.name;
    expect(named({ application: { name: "Team Chat" } })).toBe("Team Chat");
    expect(named({ service: "chat" })).toBe("chat");
    expect(
      named({ path: "https://Chat.larkspur.example:8443/scim/v2/Users/u-1", host: "proxy.larkspur.example" }),
    ).toBe("chat.larkspur.example");
    expect(named({ host: "chat.larkspur.example" })).toBe("chat.larkspur.example");
    expect(named({ host: "web-7f9c" })).toBe("SCIM application");
  });

  it("name the caller, and never a token", () => {
    const actor = (differs: Data) =>
      only(entry("DELETE", "/Users/u-1", 204, { caller: null, ...differs }))?.actor;
    expect(actor({ client: { id: 5, name: "okta", type: "token" } })).toEqual({
      id: "5",
      type: "token",
      name: "okta",
    });
    expect(actor({ token: { name: "nightly", value: "secret" } })).toEqual({
      id: null,
      type: null,
      name: "nightly",
    });
    expect(actor({ token: "secret" })).toBeNull();
  });

  it("are told from other things", () => {
    expect(scim.detect(entry("PATCH", "/Users/u-1", 200))).toBe(true);
    expect(scim.detect({ method: "GET", path: "/Users/u-1" })).toBe(true);
    expect(scim.detect({ method: "GET", path: "/scim/v2/users/u-1" })).toBe(true);
    expect(scim.detect({ method: "GET", path: "/api/users/u-1" })).toBe(false);
    expect(scim.detect({ method: "GET", path: "/Users/u-1/photos/5" })).toBe(false);
    expect(scim.detect({ method: "GET", path: "/settings/scim" })).toBe(false);
    expect(scim.detect({ method: "GET", path: "/" })).toBe(false);
    expect(scim.detect({ method: "OPTIONS", path: "/Users" })).toBe(false);
    expect(scim.detect({ method: 5, path: "/Users" })).toBe(false);
    expect([null, [], "x", 1, {}, { path: "/Users" }, { method: "GET" }].some(scim.detect)).toBe(false);
  });

  it("that can't be read are refused with a reason", () => {
    const record = entry("DELETE", "/Users/u-1", 204);
    expect(() => scim.parse({ ...record, time: null })).toThrow('"@timestamp"');
    expect(() => scim.parse({ ...record, time: 12 })).toThrow('"time"');
    expect(() => scim.parse({ ...record, path: "/health" })).toThrow('"/health"');
    expect(() => scim.parse({ ...record, method: "BREW" })).toThrow(RecordError);
  });
});
