import { describe, expect, it } from "vitest";
import { reportQuery } from "./report-query.ts";
import { withChanges } from "./use-address.ts";

describe("reportQuery", () => {
  it("takes the report's parameters only, in one order", () => {
    const search = new URLSearchParams("state=open&application=Slack&asOf=2026-03-01&group=1");
    expect(reportQuery((name) => search.get(name))).toBe("asOf=2026-03-01&application=Slack");
  });
});

describe("withChanges", () => {
  it("sets and takes away parameters and keeps the others", () => {
    expect(withChanges("?state=open&days=30", { state: null, application: "A & B" })).toBe(
      "?days=30&application=A+%26+B",
    );
    expect(withChanges("?state=open", { state: "" })).toBe("?");
  });
});
