import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { scim } from "./adapter.ts";
import { type Data, entry, error, NEW_USER, patch, USER } from "./fixtures.ts";
import { only, story } from "./testing.ts";

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
