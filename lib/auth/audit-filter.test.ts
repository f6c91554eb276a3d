import { describe, expect, it } from "vitest";
import { ParamProblem } from "../reports/params.ts";
import { auditFilter } from "./audit-filter.ts";

describe("a filter of the audit log", () => {
  it("takes whole days, a verb and a part of a name; what is empty is not set", () => {
    expect(auditFilter({ from: "2026-03-01", to: "2026-03-31", verb: " ingest ", text: "" })).toEqual({
      from: Date.parse("2026-03-01T00:00:00Z"),
      to: Date.parse("2026-03-31T23:59:59.999Z"),
      verb: "ingest",
      text: undefined,
    });
  });

  it.each([
    ["from", { from: "yesterday" }],
    ["to", { to: "2026-02-30" }],
    ["from", { from: "2026-03-02", to: "2026-03-01" }],
    ["verb", { verb: "v".repeat(61) }],
    ["text", { text: "t".repeat(201) }],
    ["text", { text: "a\0b" }],
  ] as const)("refuses a wrong %s, and names it", (parameter, raw) => {
    expect(() => auditFilter(raw)).toThrow(ParamProblem);
    expect(() => auditFilter(raw)).toThrow(parameter);
  });
});
