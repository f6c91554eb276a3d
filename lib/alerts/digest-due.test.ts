import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isZone, lastDigestAt, nextDigestAt } from "./digest-due.ts";

const WEEK = 7 * 86_400_000;
const HOUR = 3_600_000;
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/Los_Angeles",
  "Asia/Kathmandu",
  "Pacific/Auckland",
  "Pacific/Apia",
];

const clockIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);

describe("the digest", () => {
  it("is due on Mondays at 08:00 by the clocks of its zone, summer and winter", () => {
    expect(new Date(lastDigestAt(Date.parse("2026-03-30T05:59:59Z"), "Europe/Berlin")).toISOString()).toBe(
      "2026-03-23T07:00:00.000Z",
    );
    expect(new Date(lastDigestAt(Date.parse("2026-03-30T06:00:00Z"), "Europe/Berlin")).toISOString()).toBe(
      "2026-03-30T06:00:00.000Z",
    );
    expect(new Date(nextDigestAt(Date.parse("2026-03-29T12:00:00Z"), "UTC")).toISOString()).toBe(
      "2026-03-30T08:00:00.000Z",
    );
  });

  it("is due once a week in every zone, at any moment of the years 2013 to 2040", () => {
    const moment = fc.integer({ min: Date.UTC(2013, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (now, zone) => {
        const [last, next] = [lastDigestAt(now, zone), nextDigestAt(now, zone)];
        for (const at of [last, next]) expect(clockIn(zone, at)).toMatch(/^Monday,? (?:at )?08:00$/u);
        expect(last).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        // Clocks go forward or back by two hours at most.
        expect(Math.abs(next - last - WEEK)).toBeLessThanOrEqual(2 * HOUR);
        expect(lastDigestAt(next - 1, zone)).toBe(last);
        expect(lastDigestAt(next, zone)).toBe(next);
      }),
    );
  });

  it("knows zones by their names", () => {
    expect([...ZONES, "Mars/Olympus", "", "UTC; drop"].filter(isZone)).toEqual(ZONES);
  });
});
