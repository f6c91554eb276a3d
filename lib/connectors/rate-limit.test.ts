import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { restAfter, retryAfter, skewOf } from "./rate-limit.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const headers = (given: Record<string, string>) => new Headers(given);
/** The date of a vendor whose clock is so far ahead. */
const date = (ahead: number) => new Date(NOW + ahead).toUTCString();

describe("when a vendor may be called again", () => {
  it.each([
    ["so many seconds", { "retry-after": "7" }, 7_000],
    ["at once", { "retry-after": "0" }, 0],
    ["at a moment", { "retry-after": date(20_000), date: date(0) }, 20_000],
    [
      "at a moment by a clock that is an hour ahead",
      { "retry-after": date(3_620_000), date: date(3_600_000) },
      20_000,
    ],
    ["at a second", { "x-rate-limit-reset": `${NOW / 1000 + 30}` }, 31_000],
    [
      "at a second by a clock that is an hour behind",
      { "x-rate-limit-reset": `${NOW / 1000 - 3570}`, date: date(-3_600_000) },
      31_000,
    ],
    ["nothing", {}, 10_000],
    ["nothing that can be read", { "retry-after": "soon", "x-rate-limit-reset": "later" }, 10_000],
    ["what can't be", { "retry-after": "999999999" }, 3_600_000],
    ["what has been", { "retry-after": "-5" }, 0],
  ])("by %s", (_, given, wait) => {
    expect(retryAfter(headers(given), NOW) - NOW).toBe(wait);
  });

  it("is never in the past, and never more than an hour and a second away, whatever it says", () => {
    const seed = Date.now() % 1_000_000_000;
    const text = fc.oneof(
      fc.integer().map(String),
      fc.string({ unit: fc.constantFrom(..."0123456789-:. aT") }),
      fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    );
    fc.assert(
      fc.property(text, text, text, (after, reset, told) => {
        const wait =
          retryAfter(
            headers({ "retry-after": after.trim(), "x-rate-limit-reset": reset.trim(), date: told.trim() }),
            NOW,
          ) - NOW;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(3_601_000);
      }),
      { seed },
    );
  });

  it("after an answer that went well is at once, unless that was the last of its window", () => {
    const reset = `${NOW / 1000 + 5}`;
    expect(restAfter(headers({}), NOW)).toBe(0);
    expect(restAfter(headers({ "x-rate-limit-remaining": "1", "x-rate-limit-reset": reset }), NOW)).toBe(0);
    expect(
      restAfter(headers({ "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset }), NOW) - NOW,
    ).toBe(6_000);
    expect(restAfter(headers({ "x-rate-limit-remaining": "0" }), NOW)).toBe(0);
  });
});

describe("a vendor's clock", () => {
  it("differs by no more than its date proves", () => {
    const skew = (ahead: number, onItsWay = 0) => skewOf(headers({ date: date(ahead) }), NOW, NOW + onItsWay);
    expect(skew(-90_000)).toBe(-89_001);
    expect(skew(90_000)).toBe(90_000);
    expect(skew(90_000, 500)).toBe(89_500);
    expect(skew(0)).toBe(0);
    expect(skewOf(headers({ date: "yesterday" }), NOW, NOW)).toBe(0);
    expect(skewOf(headers({}), NOW, NOW)).toBe(0);
  });

  it("that is right is never taken for wrong, however long an answer takes, and a wrong one never for worse", () => {
    const seed = Date.now() % 1_000_000_000;
    const ms = fc.nat(20_000);
    fc.assert(
      fc.property(fc.nat(999), ms, ms, fc.integer({ min: -1e7, max: 1e7 }), (within, there, back, ahead) => {
        const asked = NOW + within;
        const [answered, received] = [asked + there, asked + there + back];
        const told = (by: number) =>
          skewOf(headers({ date: new Date(answered + by).toUTCString() }), asked, received);
        expect(told(0)).toBe(0);
        const skew = told(ahead);
        expect(skew === 0 || Math.sign(skew) === Math.sign(ahead)).toBe(true);
        expect(Math.abs(skew)).toBeLessThanOrEqual(Math.abs(ahead));
        expect(Math.abs(skew - ahead)).toBeLessThanOrEqual(there + back + 1_000);
      }),
      { seed },
    );
  });
});
