import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duePeriods, EVERY, endedBy, nextDue, periodName, startOf } from "./periods.ts";

const at = (text: string): number => Date.parse(text);
const told = ({ from, to, asOf }: ReturnType<typeof endedBy>) =>
  [from, to, asOf].map((time) => new Date(time).toISOString());

describe("a period that ended", () => {
  it.each([
    // A Thursday; the week before began on Monday, the 16th.
    [
      "week",
      "2026-11-26T03:00:00Z",
      ["2026-11-16T00:00:00.000Z", "2026-11-22T23:59:59.999Z", "2026-11-23T00:00:00.000Z"],
    ],
    [
      "month",
      "2026-03-31T23:59:59.999Z",
      ["2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00.000Z"],
    ],
    [
      "month",
      "2026-04-01T00:00:00Z",
      ["2026-03-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z", "2026-04-01T00:00:00.000Z"],
    ],
    [
      "quarter",
      "2027-01-01T00:00:00Z",
      ["2026-10-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"],
    ],
    [
      "quarter",
      "2026-12-31T23:59:59.999Z",
      ["2026-07-01T00:00:00.000Z", "2026-09-30T23:59:59.999Z", "2026-10-01T00:00:00.000Z"],
    ],
  ] as const)("of every %s by %s", (every, now, expected) => {
    expect(told(endedBy(every, at(now)))).toEqual(expected);
  });

  it("has a name that stands in order of time", () => {
    expect(periodName("week", at("2026-11-23T00:00:00Z"))).toBe("2026-W48");
    // The Monday before New Year begins the first week of the next one (ISO 8601).
    expect(periodName("week", at("2029-12-31T00:00:00Z"))).toBe("2030-W01");
    expect(periodName("month", at("2026-11-01T00:00:00Z"))).toBe("2026-11");
    expect(periodName("quarter", at("2026-10-01T00:00:00Z"))).toBe("2026-Q4");
  });

  it("is due once, with those that were missed, and none from before the schedule", () => {
    const due = (since: string, now: string, most = 12) =>
      duePeriods("month", at(since), at(now), most).map(({ asOf }) =>
        new Date(asOf).toISOString().slice(0, 10),
      );
    expect(due("2026-11-26T03:00:00Z", "2026-11-30T23:59:59Z")).toEqual([]);
    expect(due("2026-11-26T03:00:00Z", "2026-12-01T00:00:00Z")).toEqual(["2026-12-01"]);
    expect(due("2026-11-26T03:00:00Z", "2027-02-03T00:00:00Z")).toEqual([
      "2026-12-01",
      "2027-01-01",
      "2027-02-01",
    ]);
    expect(due("2026-11-26T03:00:00Z", "2027-02-03T00:00:00Z", 2)).toEqual(["2027-01-01", "2027-02-01"]);
    expect(due("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z")).toEqual([]);
  });

  it("borders on the next without a gap, whatever the moment and the clock's zone", () => {
    const moment = fc.integer({ min: at("2000-01-01T00:00:00Z"), max: at("2100-01-01T00:00:00Z") });
    fc.assert(
      fc.property(fc.constantFrom(...EVERY), moment, (every, now) => {
        const ended = endedBy(every, now);
        const next = nextDue(every, now);
        expect(ended.from).toBeLessThan(ended.to);
        expect(ended.to + 1).toBe(ended.asOf);
        expect(ended.asOf).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        expect(endedBy(every, next)).toEqual({ from: ended.asOf, to: next - 1, asOf: next });
        for (const edge of [ended.from, ended.asOf, next]) {
          expect(new Date(edge).toISOString()).toMatch(/T00:00:00\.000Z$/u);
          expect(startOf(every, edge)).toBe(edge);
        }
      }),
      { verbose: true },
    );
  });

  it("is due in the order of time, each once, however often it is asked", () => {
    const day = 86_400_000;
    const start = at("2026-01-01T00:00:00Z");
    fc.assert(
      fc.property(
        fc.constantFrom(...EVERY),
        fc.integer({ min: 0, max: 700 }),
        fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 20 }),
        (every, since, steps) => {
          const set = start + since * day;
          const made: number[] = [];
          let now = set;
          for (const step of steps) {
            now += step * day;
            for (const { asOf } of duePeriods(every, set, now, 1_000))
              if (!made.includes(asOf)) made.push(asOf);
          }
          expect(made).toEqual(duePeriods(every, set, now, 1_000).map(({ asOf }) => asOf));
          expect(made).toEqual(made.toSorted((a, b) => a - b));
        },
      ),
      { verbose: true },
    );
  });
});
