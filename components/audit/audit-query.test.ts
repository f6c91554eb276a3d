import { expect, it } from "vitest";
import { auditPath, auditQuery } from "./audit-query.ts";

it("asks by the filters that are set, in one order, and leaves out what else the address holds", () => {
  const address = new URLSearchParams("entry=4&text=a%26b&verb=&from=2026-03-01");
  expect(auditQuery((name) => address.get(name))).toBe("from=2026-03-01&text=a%26b");
});

it("asks for the CSV of what is filtered", () => {
  expect(auditPath("text=a%26b", { format: "csv", cursor: null })).toBe(
    "/api/v1/audit?text=a%26b&format=csv",
  );
  expect(auditPath("", { format: "csv" })).toBe("/api/v1/audit?format=csv");
});
