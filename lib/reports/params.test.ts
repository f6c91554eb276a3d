import { describe, expect, it } from "vitest";
import { parsePage } from "./page.ts";
import { instant, ParamProblem, parseParams } from "./params.ts";

describe("parameters", () => {
  it("take times of the years 1 to 9999, whatever the offset", () => {
    expect(instant("9999-12-31", "end")).toBe(Date.parse("9999-12-31T23:59:59.999Z"));
    expect(instant("0001-01-01", "start")).toBe(Date.parse("0001-01-01T00:00:00.000Z"));
    for (const text of ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "0000-01-01"]) {
      expect(instant(text, "start")).toBeNull();
    }
  });

  it("refuse a name with NUL, which the database can't be asked for", () => {
    for (const key of ["application", "customer"] as const) {
      expect(() => parseParams({ [key]: "a\0b" })).toThrow(ParamProblem);
      expect(parseParams({ [key]: " a " })).toMatchObject({ [key]: "a" });
    }
  });

  it("divide by customer, by application or not at all", () => {
    expect(parseParams({ by: "customer" })).toMatchObject({ by: "customer" });
    for (const by of ["application", "", undefined]) expect(parseParams({ by })).not.toHaveProperty("by");
    expect(() => parseParams({ by: "department" }, (key) => `--${key}`)).toThrow(
      '--by takes application or customer, not "department".',
    );
  });

  it("refuse a cursor of a moment that can't be written", () => {
    const cursor = (...place: number[]) => Buffer.from(JSON.stringify(place)).toString("base64url");
    expect(parsePage({ cursor: cursor(1, 50) })).toEqual({ limit: 50, cursor: cursor(1, 50) });
    for (const wrong of [cursor(9e15, 0), cursor(-1, 0), cursor(1), "eyJ9"]) {
      expect(() => parsePage({ cursor: wrong })).toThrow("cursor is none that a page before has given.");
    }
  });
});
