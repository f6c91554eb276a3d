import { describe, expect, it } from "vitest";
import { reportQuery } from "./report-query.ts";
import { withChanges } from "./use-address.ts";

describe("reportQuery", () => {
  it("takes the report's parameters only, in one order", () => {
    const search = new URLSearchParams("state=open&application=Slack&asOf=2026-03-01&group=1");
    expect(reportQuery((name) => search.get(name))).toBe("asOf=2026-03-01&application=Slack");
  });
  it("takes what is one report's alone for that report alone", () => {
    const get = (name: string) => ({ by: "customer", days: "30" })[name] ?? null;
    expect(reportQuery(get, "coverage")).toBe("days=30&by=customer");
    expect(reportQuery(get, "offboarding")).toBe("days=30");
    expect(reportQuery(get)).toBe("days=30");
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
