import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecordError } from "./adapter.ts";
import {
  anyCase,
  booleanOf,
  instantOf,
  jsonIn,
  member,
  objectOf,
  objectsOf,
  requiredInstant,
  shown,
  textOf,
} from "./read.ts";

describe("instantOf", () => {
  it("reads the usual spelling as it reads all others, and refuses what no clock shows", () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, "0"));
    const text = fc
      .tuple(two(13), two(32), two(25), two(60), two(60), fc.constantFrom("Z", "z", "+"))
      .map(
        ([month, day, hour, minute, second, end]) =>
          `2027-${month}-${day}T${hour}:${minute}:${second}.123${end}`,
      );
    fc.assert(
      // One more digit is no longer the usual spelling, and says the same.
      fc.property(text, (usual) => {
        expect(instantOf(usual)).toBe(instantOf(usual.replace(".123", ".1230")));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["2026-03-02T09:15:30.250Z", "2026-03-02T09:15:30.250Z"],
    ["2026-03-02T09:15:30.2509999Z", "2026-03-02T09:15:30.250Z"],
    ["2026-03-02T09:15:30.2Z", "2026-03-02T09:15:30.200Z"],
    ["2026-03-02T09:15:30Z", "2026-03-02T09:15:30.000Z"],
    ["2026-03-02T09:15Z", "2026-03-02T09:15:00.000Z"],
    ["2026-03-02 09:15:30.25", "2026-03-02T09:15:30.250Z"],
    ["2026-03-02T09:15:30", "2026-03-02T09:15:30.000Z"],
    ["2026-03-02t09:15:30z", "2026-03-02T09:15:30.000Z"],
    ["2026-03-02T09:15:30+05:30", "2026-03-02T03:45:30.000Z"],
    ["2026-03-02T09:15:30-0800", "2026-03-02T17:15:30.000Z"],
    ["2026-03-02T09:15:30+01", "2026-03-02T08:15:30.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000Z"],
  ])("reads %s as %s", (text, expected) => {
    const at = instantOf(text);
    expect(at === null ? null : new Date(at).toISOString()).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2026-03-02",
    "2026-02-30T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T09:60:00Z",
    " 2026-03-02T09:15:30Z",
    1772442930,
    null,
    {},
  ])("takes %j for no time", (value) => {
    expect(instantOf(value)).toBeNull();
  });

  it("reads back every millisecond that JavaScript writes, whatever digits follow", () => {
    const date = fc.date({
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.stringMatching(/^\d{0,6}$/), (at, digits) => {
        expect(instantOf(at.toISOString().replace("Z", `${digits}Z`))).toBe(at.getTime());
      }),
    );
  });
});

describe("requiredInstant", () => {
  it("takes the first field that is set", () => {
    expect(
      requiredInstant([
        ["a", null],
        ["b", "1970-01-01T00:00:01Z"],
      ]),
    ).toBe(1000);
  });

  it("names the field that holds no time, and the fields of which none is there", () => {
    expect(() => requiredInstant([["published", "noon"]])).toThrow(
      new RecordError('The field "published" is not a time in ISO 8601: "noon".'),
    );
    expect(() =>
      requiredInstant([
        ["a", null],
        ["b", null],
      ]),
    ).toThrow('the field "a", "b" is missing');
  });
});

describe("readers of strangers' JSON", () => {
  it("reads own members only", () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"id": "x"}, "a": null}');
    expect(member(objectOf(hostile), "id")).toBeNull();
    expect(member(objectOf(hostile), "constructor")).toBeNull();
    expect(anyCase(objectOf(hostile), "toString")).toBeNull();
    expect(member(objectOf(hostile), "a")).toBeNull();
  });

  it("finds a member whatever its case, an exact name before others, a value before null", () => {
    expect(anyCase(objectOf({ Id: "capital" }), "id")).toBe("capital");
    expect(anyCase(objectOf({ Id: "capital", id: "small" }), "id")).toBe("small");
    expect(anyCase(objectOf({ id: null, Id: "capital" }), "id")).toBe("capital");
    expect(anyCase(objectOf({ Name: "second" }), "displayName", "name")).toBe("second");
  });

  it("takes blank text and other types for no text, and keeps text as it stands", () => {
    expect([textOf(""), textOf("  "), textOf(5), textOf({}), textOf(null)]).toEqual(Array(5).fill(null));
    expect(textOf(" As It Stands ")).toBe(" As It Stands ");
  });

  it("reads truth values as they are spelled", () => {
    expect(["True", "false", '"False"', true, "1", 1, null].map(booleanOf)).toEqual([
      true,
      false,
      false,
      true,
      null,
      null,
      null,
    ]);
  });

  it("keeps the objects of a list, and of nothing else", () => {
    expect(objectsOf([1, null, [], { a: 1 }])).toEqual([{ a: 1 }]);
    expect(objectsOf({ 0: {} })).toEqual([]);
  });

  it("shows any value in a few characters", () => {
    expect([shown("x".repeat(100)).length, shown({}), shown([]), shown(null), shown(1)]).toEqual([
      63,
      "an object",
      "a list",
      "null",
      "1",
    ]);
  });
});

describe("jsonIn", () => {
  it("reads JSON within a text, and takes what nests deeper than a record may for none", () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect(jsonIn('{"a":[1]}')).toEqual({ a: [1] });
    expect(jsonIn(nested(200))).not.toBeNull();
    for (const text of [
      "",
      "{",
      "a",
      nested(201),
      nested(100_000),
      "[".repeat(100_000) + "]".repeat(100_000),
    ]) {
      expect(jsonIn(text)).toBeNull();
    }
  });
});
