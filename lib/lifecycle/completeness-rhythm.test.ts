import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HourCount, silentHoles } from "./completeness-rhythm.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A Monday. */
const START = Date.parse("2026-01-05T00:00:00Z");
const WEEKS = 26;
const END = START + WEEKS * WEEK;

/** Numbers from 0 to 1 that a seed fixes. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A half-year of hours, each with the events that the rhythm gives it. */
function hoursOf(eventsAt: (at: { weekday: number; hour: number; week: number }) => number): HourCount[] {
  return Array.from({ length: WEEKS * 168 }, (_, i) => ({
    hour: START + i * HOUR,
    events: eventsAt({ weekday: Math.floor(i / 24) % 7, hour: i % 24, week: Math.floor(i / 168) }),
  })).filter(({ events }) => events > 0);
}

const without = (hours: readonly HourCount[], from: number, to: number) =>
  hours.filter(({ hour }) => hour < from || hour >= to);

const random = randomOf(20_260_105);
const poisson = (mean: number): number => {
  let events = 0;
  for (let left = Math.exp(-mean), p = random(); p > left; p *= random()) events += 1;
  return events;
};

const RHYTHMS = {
  "around the clock": hoursOf(() => 1 + poisson(5)),
  "around the clock, thinly": hoursOf(() => poisson(0.9)),
  "working hours on weekdays": hoursOf(({ weekday, hour }) =>
    weekday < 5 && hour >= 7 && hour < 18 ? poisson(4) : 0,
  ),
  "one export a week": hoursOf(({ weekday, hour }) => (weekday === 0 && hour === 3 ? 500 : 0)),
  "one export a week, at times an hour late": hoursOf(({ weekday, hour, week }) =>
    weekday === 0 && hour === (week % 4 === 3 ? 4 : 3) ? 500 : 0,
  ),
  "three events a week": hoursOf(() => poisson(3 / 168)),
  "one busy week": hoursOf(({ week }) => (week === 10 ? 40 : poisson(3 / 168))),
};

describe("silentHoles", () => {
  it.each(Object.entries(RHYTHMS))("finds none in a rhythm that keeps: %s", (_name, hours) => {
    expect(silentHoles(hours, END - 1)).toEqual([]);
  });

  it.each([
    ["around the clock", START + 10 * WEEK + 30 * HOUR, START + 10 * WEEK + 40 * HOUR],
    ["around the clock, thinly", START + 10 * WEEK, START + 10 * WEEK + 2 * DAY],
    ["working hours on weekdays", START + 10 * WEEK + DAY, START + 10 * WEEK + 3 * DAY],
    ["working hours on weekdays", START + 10 * WEEK, START + 13 * WEEK],
    ["one export a week", START + 8 * WEEK, START + 16 * WEEK],
  ] as const)("finds the one hole made in: %s", (name, from, to) => {
    const hours = without(RHYTHMS[name], from, to);
    const holes = silentHoles(hours, END - 1);
    expect(holes).toHaveLength(1);
    const [hole] = holes;
    expect(hole?.open).toBe(false);
    expect(hole?.from).toBeLessThanOrEqual(from);
    expect(hole?.to).toBeGreaterThanOrEqual(to);
    const lost = RHYTHMS[name].filter(({ hour }) => hour >= from && hour < to);
    const events = lost.reduce((sum, { events }) => sum + events, 0);
    expect(hole?.expected).toBeGreaterThan(events * 0.7);
    expect(hole?.expected).toBeLessThan(events * 1.3);
  });

  it("takes a short pause for none, and a weekend for none however many events a week has", () => {
    const pause = START + 10 * WEEK + 30 * HOUR;
    expect(silentHoles(without(RHYTHMS["around the clock"], pause, pause + 6 * HOUR), END - 1)).toEqual([]);
    const friday = START + 10 * WEEK + 4 * DAY + 18 * HOUR;
    const upToFriday = without(RHYTHMS["working hours on weekdays"], friday, END);
    expect(silentHoles(upToFriday, friday + 2 * DAY)).toEqual([]);
  });

  it("tells the silence since the last event, once it is improbable", () => {
    const friday = START + 10 * WEEK + 4 * DAY + 18 * HOUR;
    const hours = without(RHYTHMS["working hours on weekdays"], friday, END);
    const [hole] = silentHoles(hours, friday + 5 * DAY);
    expect(hole).toMatchObject({ from: friday, to: friday + 5 * DAY, open: true });
    expect(silentHoles(RHYTHMS["one export a week"], END + 4 * WEEK)).toEqual([]);
    expect(silentHoles(RHYTHMS["one export a week"], END + 9 * WEEK)).toHaveLength(1);
  });

  it("holds no growing source against what it grew to", () => {
    const hours = hoursOf(({ week }) => (week < 13 ? poisson(2 / 168) : 1 + poisson(3)));
    expect(silentHoles(hours, END - 1)).toEqual([]);
  });

  it("knows no rhythm in the first week, and needs more than a long weekend in the next two", () => {
    const first = START + 6 * DAY;
    const days = (upTo: number) => without(RHYTHMS["working hours on weekdays"], upTo, END);
    expect(silentHoles(days(first), first + 30 * DAY)).toEqual([]);
    const second = START + 12 * DAY;
    expect(silentHoles(days(second), second + 3 * DAY)).toEqual([]);
    expect(silentHoles(days(second), second + 6 * DAY)).toHaveLength(1);
  });

  it("says nothing of a source without events, and stands a stray event of long ago", () => {
    expect(silentHoles([], END)).toEqual([]);
    const stray = { hour: Date.parse("0001-01-01T00:00:00Z"), events: 1 };
    const holes = silentHoles([stray, ...RHYTHMS["around the clock"]], END - 1);
    expect(holes.map((hole) => hole.to)).toEqual([START]);
  });

  const anyHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 8 * 168 }), { maxLength: 400 })
    .map((places) =>
      places.sort((a, b) => a - b).map((place) => ({ hour: START + place * HOUR, events: 1 + (place % 3) })),
    );

  it("never finds a hole over an hour with events, whatever is added", () => {
    fc.assert(
      fc.property(anyHours, anyHours, (hours, more) => {
        const all = new Map([...hours, ...more].map((hour) => [hour.hour, hour]));
        const merged = [...all.values()].sort((a, b) => a.hour - b.hour);
        const holes = silentHoles(merged, START + 9 * WEEK);
        for (const { from, to } of holes) {
          expect(to).toBeGreaterThan(from);
          expect(merged.filter(({ hour }) => hour + HOUR > from && hour < to)).toEqual([]);
        }
      }),
    );
  });
});
