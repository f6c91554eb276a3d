import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ago, day, dayAndTime, duration, shortAge, utc } from "./time.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("duration", () => {
  it.each([
    [0, "0 s"],
    [59, "59 s"],
    [60, "1 min"],
    [HOUR, "1 h"],
    [3 * HOUR + 20 * 60, "3 h 20 min"],
    [DAY, "24 h"],
    [2 * DAY, "2 days"],
    [2 * DAY + 4 * HOUR, "2 days 4 h"],
    [12 * DAY + 4 * HOUR, "12 days"],
  ])("tells %i s as %s", (seconds, words) => expect(duration(seconds)).toBe(words));

  it("never promises more than has passed", () => {
    const unit: Record<string, number> = { s: 1, min: 60, h: HOUR, day: DAY, days: DAY };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 * DAY }), (seconds) => {
        const parts = duration(seconds).split(" ");
        let told = 0;
        for (let i = 0; i < parts.length; i += 2)
          told += Number(parts[i]) * (unit[parts[i + 1] ?? ""] ?? NaN);
        expect(told).toBeLessThanOrEqual(seconds);
        expect(told).toBeGreaterThan(seconds * 0.9 - 1);
      }),
    );
  });
});

describe("ago", () => {
  const asOf = "2026-04-01T12:00:00.000Z";
  it.each([
    ["2026-04-01T11:59:40.000Z", "just before"],
    ["2026-04-01T11:15:00.000Z", "45 min ago"],
    ["2026-03-31T13:00:00.000Z", "23 h ago"],
    ["2026-03-20T12:00:00.000Z", "12 days ago"],
    ["2026-01-30T12:00:00.000Z", "61 days ago"],
    ["2026-01-29T12:00:00.000Z", "2 months ago"],
    ["2025-09-01T12:00:00.000Z", "6 months ago"],
    ["2023-01-01T12:00:00.000Z", "3 years ago"],
    ["2026-04-01T14:00:00.000Z", "in 2 h"],
  ])("tells %s as %s", (at, words) => expect(ago(at, asOf)).toBe(words));

  it("has a short form", () => {
    expect(shortAge("2026-03-20T12:00:00.000Z", asOf)).toBe("12d");
    expect(shortAge("2026-04-01T11:59:59.000Z", asOf)).toBe("0m");
    expect(shortAge("2025-04-01T12:00:00.000Z", asOf)).toBe("11mo");
  });
});

describe("exact times", () => {
  const at = "2026-09-03T04:05:06.789Z";
  it("are told in UTC", () => {
    expect(utc(at)).toBe("2026-09-03 04:05:06 UTC");
    expect(day(at)).toBe("3 Sep 2026");
    expect(dayAndTime(at)).toBe("3 Sep 2026, 04:05 UTC");
  });
});
