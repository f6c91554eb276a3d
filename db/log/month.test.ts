/** Which month a time lies in, and how records are divided by it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthOf } from "./month.ts";
import { eachRecord, type NewRecord, packSegments } from "./segment.ts";

const DAY = 86_400_000;

/** The first day of the UTC month, in days since 2000-01-01, by the calendar itself. */
function byCalendar(at: number): number {
  const date = new Date(at);
  date.setUTCHours(0, 0, 0, 0);
  date.setUTCDate(1);
  return (date.getTime() - Date.UTC(2000, 0, 1)) / DAY;
}

describe("the month of a time", () => {
  it("is that of UTC, whatever was asked before", () => {
    const time = fc.oneof(
      fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 0, 1) }),
      fc.integer({ min: -8.64e15, max: 8.64e15 - 62 * DAY }),
      fc.constantFrom(
        Date.UTC(2026, 2, 1),
        Date.UTC(2026, 2, 1) - 1,
        0,
        -1,
        new Date(0).setUTCFullYear(50, 1, 3),
      ),
    );
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 20 }), (times) => {
        expect(times.map(monthOf)).toEqual(times.map(byCalendar));
      }),
      { numRuns: 500 },
    );
  });
});

describe("records", () => {
  const at = (time: number, serial: number): NewRecord => ({
    source: "s",
    format: "f",
    fingerprint: Buffer.alloc(20, serial),
    sha256: Buffer.alloc(32, serial),
    bytes: Buffer.from(`${serial}`),
    encoded: "[]",
    times: [time + DAY, time],
    refs: [`p:s:${serial}`],
    facts: [],
    unknownType: null,
  });

  it("are divided where the month changes and where a segment is full, in their order", () => {
    const [june, july] = [Date.UTC(2026, 5, 30), Date.UTC(2026, 6, 1)];
    const times = [june, june, june, july, june, july, july];
    const segments = packSegments(
      times.map((time, serial) => at(time, serial)),
      2,
    );
    expect(segments.map(({ records }) => records)).toEqual([2, 1, 1, 1, 2]);
    expect(segments.map(({ firstAt }) => firstAt)).toEqual([june, june, july, june, july]);
    const refs: unknown[] = [];
    for (const { normal } of segments) eachRecord(normal, (_position, _length, own) => refs.push(...own));
    expect(refs).toEqual(times.map((_, serial) => `p:s:${serial}`));
    expect(packSegments([], 2)).toEqual([]);
  });
});
