import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { againAfter, MOST_DAYS, MOST_TRIES, turnAfter } from "./schedule.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SET = Date.parse("2026-03-02T10:00:00.000Z");
const next = (everyDays: number, now: string) =>
  new Date(turnAfter({ since: SET, everyDays }, Date.parse(now))).toISOString();

describe("the turns of a schedule", () => {
  it.each([
    [7, "2026-03-02T10:00:00.000Z", "2026-03-09T10:00:00.000Z"],
    [7, "2026-03-09T09:59:59.999Z", "2026-03-09T10:00:00.000Z"],
    // What took some minutes puts nothing off; what was missed is made once.
    [7, "2026-03-09T10:00:00.000Z", "2026-03-16T10:00:00.000Z"],
    [7, "2026-03-09T10:03:00.000Z", "2026-03-16T10:00:00.000Z"],
    [1, "2026-04-20T12:00:00.000Z", "2026-04-21T10:00:00.000Z"],
    [30, "2026-03-28T10:00:00.000Z", "2026-04-01T10:00:00.000Z"],
    // By a clock that was set back.
    [7, "2026-02-01T00:00:00.000Z", "2026-03-09T10:00:00.000Z"],
  ])("every %i days, at %s: %s", (everyDays, now, told) => expect(next(everyDays, now)).toBe(told));

  it("are whole intervals from when it was set, the first of them that lies ahead", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST_DAYS }), fc.nat(3_000 * DAY), (everyDays, later) => {
        const now = SET + later;
        const at = turnAfter({ since: SET, everyDays }, now);
        expect((at - SET) % (everyDays * DAY)).toBe(0);
        expect(at - now).toBeGreaterThan(0);
        expect(at - now).toBeLessThanOrEqual(everyDays * DAY);
      }),
    );
  });

  it("are tried again later and later, the last time before a daily one's next", () => {
    const tries = Array.from({ length: MOST_TRIES }, (_, i) => i + 1);
    const waits = tries.map(againAfter);
    expect(waits.map((ms) => ms / MINUTE)).toEqual([30, 60, 120, 240, 480]);
    expect(waits.slice(0, -1).reduce((sum, ms) => sum + ms)).toBeLessThan(DAY);
    // What a killed one has left is a quarter of an hour old by then, whenever in its nine minutes it was made.
    expect(waits[0]).toBeGreaterThan((15 + 9) * MINUTE);
  });
});
