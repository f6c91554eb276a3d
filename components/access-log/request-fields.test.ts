import { describe, expect, it } from "vitest";
import { REQUEST_FIELDS } from "../../lib/ingest/adapters/scim/request-map.ts";
import { FIELDS, serviceNamed, withField, withService } from "./request-fields.ts";

describe("the fields of a mapping", () => {
  it("have a word each", () => expect(FIELDS).toEqual(REQUEST_FIELDS));

  it("are named, named anew, and left to their usual names", () => {
    const one = withField({}, "time", "when");
    expect(withField(one, "method", "verb")).toEqual({ time: "when", method: "verb" });
    expect(withField(one, "time", "ts")).toEqual({ time: "ts" });
    expect(withField(one, "time", "")).toEqual({});
  });

  it("may have the application itself in place of where it stands", () => {
    const named = withService({ time: "when" }, "Team Chat");
    expect(named).toEqual({ time: "when", service: "=Team Chat" });
    expect(serviceNamed(named)).toBe("Team Chat");
    expect(serviceNamed({ service: "app.name" })).toBe("");
    expect(withService(named, "")).toEqual({ time: "when" });
  });
});
