import fc from "fast-check";
import { expect, it } from "vitest";
import type { JoinerRow } from "../../lib/reports/contract.ts";
import { BANDS } from "./bands.ts";

const row = (latency: number | null, status: JoinerRow["status"] = "completed"): JoinerRow => ({
  identity: { userName: "alice@larkspur.example", displayName: null },
  subject: "s1",
  application: "Slack",
  account: "a1",
  accountUserName: null,
  joinedAt: "2026-01-01T00:00:00.000Z",
  start: "create",
  workingAt: null,
  latency,
  status,
  openFor: status === "open" || status === "failing" ? 60 : null,
  lastError: null,
});

it("puts each latency in one band", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (latency) => {
      expect(BANDS.filter(({ has }) => has(row(latency)))).toHaveLength(1);
    }),
  );
  expect(BANDS.find(({ has }) => has(row(900)))?.key).toBe("15m");
  expect(BANDS.find(({ has }) => has(row(901)))?.key).toBe("1h");
  expect(BANDS.find(({ has }) => has(row(null, "open")))?.key).toBe("none");
});
