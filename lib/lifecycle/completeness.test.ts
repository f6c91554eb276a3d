import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginningOf, eventsPerDay, gapsOf, type IngestSpan } from "./completeness.ts";
import { DAY, HOUR, START } from "./testing.ts";

const HOURS = Array.from({ length: 300 * 24 }, (_, i) => ({ hour: START + i * HOUR, events: 2 }));
const END = START + 300 * DAY;

const hoursWithout = (from: number, to: number) =>
  HOURS.filter(({ hour }) => hour < START + from * DAY || hour >= START + to * DAY);

/** An ingest of the events between two days, started one after the other. */
let started = END;
function ingest(from: number, to: number, given: Partial<IngestSpan> = {}): IngestSpan {
  started += HOUR;
  return {
    file: `${from}-${to}.json`,
    state: "done",
    startedAt: started,
    firstEventAt: START + from * DAY,
    lastEventAt: START + to * DAY - 1,
    ...given,
  };
}

const history = (hours: typeof HOURS, ingests: IngestSpan[], asOf = END - 1) => ({
  format: "okta",
  asOf,
  hours,
  ingests,
});
const kinds = (gaps: ReturnType<typeof gapsOf>) => gaps.map(({ kind }) => kind);

describe("gapsOf", () => {
  it("finds none in a source that keeps its rhythm, however many ingests brought it", () => {
    expect(gapsOf(history(HOURS, [ingest(0, 100), ingest(100, 300), ingest(50, 120)]))).toEqual([]);
  });

  it("calls a hole inside one ingest a silence", () => {
    const [gap, ...rest] = gapsOf(history(hoursWithout(50, 52), [ingest(0, 300)]));
    expect(rest).toEqual([]);
    expect(gap).toEqual({
      kind: "silence",
      from: START + 50 * DAY,
      to: START + 52 * DAY,
      expected: 96,
      why: "No events from 2026-02-20 00:00 UTC to 2026-02-22 00:00 UTC; about 96 were to be expected.",
    });
  });

  it("calls a hole between two ingests a jump, and names both", () => {
    const [gap] = gapsOf(history(hoursWithout(50, 60), [ingest(60, 300), ingest(0, 50)]));
    expect(gap).toMatchObject({ kind: "jump", from: START + 50 * DAY, to: START + 60 * DAY });
    expect(gap?.why).toMatch(/0-50\.json ends before it and 60-300\.json begins after it/u);
  });

  it("says that a hole between two ingests longer than the provider keeps its log is lost for good", () => {
    const hours = hoursWithout(50, 160);
    const [gap] = gapsOf(history(hours, [ingest(0, 50), ingest(160, 300)]));
    expect(gap?.kind).toBe("retention");
    expect(gap?.why).toMatch(/keeps its log for 90 days, so that what lay in between is lost for good/u);
    const inEntra = { ...history(hoursWithout(50, 85), [ingest(0, 50), ingest(85, 300)]), format: "entra" };
    expect(kinds(gapsOf(inEntra))).toEqual(["retention"]);
    expect(kinds(gapsOf({ ...inEntra, format: "unknown" }))).toEqual(["jump"]);
  });

  it("tells an ingest that was cut off, until a later one reaches over the same time", () => {
    const cut = ingest(10, 20, { state: "interrupted", file: "okta.json" });
    const failed = ingest(30, 40, { state: "failed", file: null });
    const gaps = gapsOf(history(HOURS, [cut, failed]));
    expect(kinds(gaps)).toEqual(["interrupted", "interrupted"]);
    expect(gaps[0]).toMatchObject({ from: START + 10 * DAY, to: START + 20 * DAY - 1, expected: null });
    expect(gaps[1]?.why).toMatch(/The ingest of standard input ended early/u);
    expect(gapsOf(history(HOURS, [cut, ingest(12, 300)]))).toHaveLength(1);
    expect(gapsOf(history(HOURS, [cut, ingest(0, 300)]))).toEqual([]);
    expect(gapsOf(history(HOURS, [ingest(0, 300), { ...cut, startedAt: started + HOUR }]))).toHaveLength(1);
  });

  it("tells the silence up to the moment that is asked about", () => {
    const gaps = gapsOf(history(HOURS, [ingest(0, 300)], END + 3 * DAY));
    expect(gaps).toMatchObject([{ kind: "silence", from: END, to: END + 3 * DAY, expected: 144 }]);
    expect(gaps[0]?.why).toMatch(/^No events since 2026-10-28 00:00 UTC; about 144 /u);
  });

  it("finds none where records come when somebody tries, and by no rhythm", () => {
    const tries = { ...history(HOURS, [ingest(0, 300)], END + 3 * DAY), format: "scim-trial" };
    expect(gapsOf(tries)).toEqual([]);
  });

  it("does not depend on the order of the ingests", () => {
    const ingests = [
      ingest(0, 50),
      ingest(60, 130),
      ingest(20, 45, { state: "failed" }),
      ingest(20, 55, { state: "failed" }),
      ingest(130, 200),
      ingest(0, 10),
    ];
    const hours = hoursWithout(50, 60);
    const given = gapsOf(history(hours, ingests));
    expect(kinds(given)).toContain("jump");
    fc.assert(
      fc.property(fc.shuffledSubarray(ingests, { minLength: ingests.length }), (order) => {
        expect(gapsOf(history(hours, order))).toEqual(given);
      }),
    );
  });
});

describe("beginningOf", () => {
  it("tells a log that begins later than the provider could have told, and no other", () => {
    const at = (startedAt: number) => beginningOf(history(HOURS, [ingest(0, 300, { startedAt })]));
    expect(at(START + 10 * DAY)).toBe(
      "The log begins on 2026-01-01 00:00 UTC; the provider could have told of events since 2025-10-13 00:00 UTC, if there were any.",
    );
    expect(at(START + 91 * DAY)).toBeNull();
    expect(beginningOf(history([], []))).toBeNull();
  });
});

describe("eventsPerDay", () => {
  it("is the median over all days from the first to the last, those without events too", () => {
    expect(eventsPerDay(HOURS)).toBe(48);
    expect(eventsPerDay([])).toBe(0);
    const three = [
      { hour: START, events: 5 },
      { hour: START + HOUR, events: 4 },
      { hour: START + DAY, events: 1 },
      { hour: START + 2 * DAY, events: 3 },
    ];
    expect(eventsPerDay(three)).toBe(3);
    expect(eventsPerDay([...three, { hour: START + 9 * DAY, events: 1 }])).toBe(0);
  });
});
