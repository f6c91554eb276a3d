import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scim } from "./adapter.ts";
import { entry, patch } from "./fixtures.ts";
import { isRequestMap, mappedRequest, REQUEST_FIELDS, requestPaths } from "./request-map.ts";

/** A request as a gateway of its own mind would log it. */
const STRANGE = {
  when: "2026-03-02T09:15:30.250Z",
  call: { verb: "PATCH", route: "/scim/v2/Users/u-1", from: "okta" },
  outcome: { code: 200 },
  sent: JSON.stringify({ Operations: [{ op: "replace", value: { active: false } }] }),
  got: { id: "u-1", userName: "alice@larkspur.example", active: false },
  app: "Team Chat",
  // What is called so usually, and is something else here.
  method: "oauth2",
  path: "/var/log/gateway",
  status: "logged",
};

const MAP = {
  time: "when",
  method: "call.verb",
  path: "call.route",
  status: "outcome.code",
  requestBody: "sent",
  responseBody: "got",
  caller: "call.from",
};

describe("a mapping of requests", () => {
  it("says where each field stands, and what is not named is found by its usual names", () => {
    const value = mappedRequest(STRANGE, MAP);
    expect(scim.detect(value)).toBe(true);
    expect(scim.parse(value)).toMatchObject([
      {
        at: Date.parse("2026-03-02T09:15:30.250Z"),
        operation: "deactivate",
        outcome: "success",
        application: { name: "Team Chat" },
        account: { id: "u-1", userName: "alice@larkspur.example" },
        actor: { name: "okta" },
      },
    ]);
  });

  it("reads a named field there and nowhere else", () => {
    const { when: _, ...timeless } = STRANGE;
    expect(() => scim.parse(mappedRequest({ ...timeless, time: "2026-01-01T00:00:00Z" }, MAP))).toThrow(
      /time/u,
    );
    expect(
      scim.detect(mappedRequest({ ...STRANGE, call: { route: "/scim/v2/Users/u-1" }, method: "PATCH" }, MAP)),
    ).toBe(false);
  });

  it("names the application itself, where no field does", () => {
    expect(scim.parse(mappedRequest(STRANGE, { ...MAP, service: "=Ledger" }))).toMatchObject([
      { application: { name: "Ledger" } },
    ]);
  });

  it("without a field changes nothing that the adapter reads", () => {
    for (const record of [
      entry("POST", "/Users", 201),
      entry("PATCH", "/Users/u-1", 200, {
        requestBody: patch({ op: "replace", value: { active: "False" } }),
      }),
    ])
      expect(scim.parse(mappedRequest(record, {}))).toEqual(scim.parse(record));
  });

  it("is one of requests when it names nothing else", () => {
    expect(isRequestMap(MAP)).toBe(true);
    expect(isRequestMap({})).toBe(false);
    expect(isRequestMap({ ...MAP, email: "Work Email" })).toBe(false);
    expect(isRequestMap({ constructor: "x" })).toBe(false);
  });

  it("never throws, whatever a line holds and a mapping names", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...REQUEST_FIELDS), fc.string()),
        (value, mapping) => {
          expect(typeof scim.detect(mappedRequest(value, mapping))).toBe("boolean");
        },
      ),
    );
  });

  it("can name whatever place some lines have", () => {
    const paths = requestPaths([STRANGE, { more: [1, 2] }, "text", null]);
    expect(paths.slice(0, 4)).toEqual([
      { path: "when", example: "2026-03-02T09:15:30.250Z" },
      { path: "call", example: JSON.stringify(STRANGE.call).slice(0, 60) },
      { path: "call.verb", example: "PATCH" },
      { path: "call.route", example: "/scim/v2/Users/u-1" },
    ]);
    expect(paths.at(-1)).toEqual({ path: "more", example: "[1,2]" });
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`field-${i}`, i]));
    expect(requestPaths([wide])).toHaveLength(200);
  });
});
