import { describe, expect, it } from "vitest";
import { AccessProblem } from "../auth/caller.ts";
import { shareFields } from "./share-input.ts";

const NOW = Date.parse("2026-03-01T09:00:00Z");
const DAY = 86_400_000;
const fields = (input: Parameters<typeof shareFields>[0]) => shareFields(input, ["Acme", "Globex"], NOW);
const codeOf = (input: Parameters<typeof shareFields>[0]): string | null => {
  try {
    fields(input);
    return null;
  } catch (error) {
    return error instanceof AccessProblem ? error.code : String(error);
  }
};

describe("what a shared link is made of", () => {
  it("is for one customer or an auditor, labelled so unless somebody says otherwise, for 30 days", () => {
    expect(fields({ customer: " Acme " })).toEqual({
      customer: "Acme",
      label: "Acme",
      expiresAt: NOW + 30 * DAY,
    });
    expect(fields({ auditor: true, label: " Kim & Co " })).toMatchObject({
      customer: null,
      label: "Kim & Co",
    });
    expect(fields({ auditor: true })).toMatchObject({ label: "Auditor" });
  });

  it("ends when it is said to: a day means all of it", () => {
    expect(fields({ auditor: true, until: "2026-03-31" }).expiresAt).toBe(
      Date.parse("2026-03-31T23:59:59.999Z"),
    );
    expect(fields({ auditor: true, until: "2026-03-01T10:00:01+01:00" }).expiresAt).toBe(NOW + 1_000);
    expect(fields({ auditor: true, until: "2027-03-01" }).expiresAt).toBe(
      Date.parse("2027-03-01T23:59:59.999Z"),
    );
  });

  it.each([
    ["bad-customer", {}],
    ["bad-customer", { customer: "" }],
    ["bad-customer", { customer: "Acme", auditor: true }],
    ["bad-customer", { customer: "acme" }],
    ["bad-customer", { customer: "Initech" }],
    ["bad-until", { auditor: true, until: "2026-02-28" }],
    ["bad-until", { auditor: true, until: "2026-03-01T09:00:00Z" }],
    ["bad-until", { auditor: true, until: "2027-03-03" }],
    ["bad-until", { auditor: true, until: "tomorrow" }],
    ["bad-label", { auditor: true, label: "x".repeat(101) }],
    ["bad-label", { auditor: true, label: "a\0b" }],
    ["bad-label", { auditor: true, label: "\ud800" }],
  ])("is refused as %s: %j", (code, input) => {
    expect(codeOf(input)).toBe(code);
  });
});
