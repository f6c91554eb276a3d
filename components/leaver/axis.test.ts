import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Leaving, LeavingMark } from "../../lib/reports/contract.ts";
import { step } from "../offboarding/testing.ts";
import { clustersOf, placeOf, spanOf, ticksOf } from "./axis.ts";

const LEFT = "2026-03-01T09:00:00.000Z";
const after = (seconds: number): string => new Date(Date.parse(LEFT) + 1000 * seconds).toISOString();
const mark = (kind: LeavingMark["kind"], seconds: number): LeavingMark => ({
  kind,
  at: after(seconds),
  eventId: `${kind} ${seconds}`,
  summary: "",
  message: null,
});

const leaving = (part: Partial<Leaving>): Leaving => ({
  leftAt: LEFT,
  trigger: "deactivate",
  source: "okta",
  eventId: null,
  rehiredAt: null,
  until: after(20 * 86_400),
  lanes: [],
  ...part,
});

const span = fc.integer({ min: 3_600, max: 5 * 365 * 86_400 });

describe("the axis", () => {
  it("keeps the order of moments, between its two ends", () => {
    fc.assert(
      fc.property(span, fc.integer({ min: -700_000, max: 10 ** 8 }), fc.nat(10 ** 6), (length, a, more) => {
        const [first, second] = [placeOf(a, length), placeOf(a + more, length)];
        expect(first).toBeGreaterThanOrEqual(0);
        expect(second).toBeLessThanOrEqual(1);
        expect(first).toBeLessThanOrEqual(second);
      }),
    );
    expect(placeOf(-5, 3_600)).toBe(0);
    expect(placeOf(3_600, 3_600)).toBe(1);
  });

  it("begins at leaving, and its words do not touch", () => {
    fc.assert(
      fc.property(span, (length) => {
        const ticks = ticksOf(length);
        expect(ticks[0]).toEqual({ seconds: 0, place: 0 });
        ticks.slice(1).forEach((tick, i) => {
          expect(tick.place - (ticks[i]?.place ?? 0)).toBeGreaterThan(0.07);
        });
      }),
    );
  });

  it("ends now while something is open, and at the last thing that happened otherwise", () => {
    const ended = { application: "Wiki", step: step({ latency: 7_200 }), marks: [mark("end", 7_200)] };
    const open = { application: "Chat", step: step({ openFor: 60, status: "open" }), marks: [] };
    expect(spanOf(leaving({ lanes: [ended] }))).toBe(7_200);
    expect(spanOf(leaving({ lanes: [ended, open] }))).toBe(20 * 86_400);
    expect(spanOf(leaving({ lanes: [] }))).toBe(3_600);
    const elsewhere = { application: "okta", step: null, marks: [mark("access", 90_000)] };
    expect(spanOf(leaving({ lanes: [elsewhere] }))).toBe(90_000);
  });
});

describe("clustersOf", () => {
  it("has each mark once, of one kind a cluster, and clusters of a kind apart", () => {
    const marks = fc
      .array(
        fc.tuple(fc.constantFrom<LeavingMark["kind"]>("failure", "access", "end"), fc.nat(10 * 86_400)),
        {
          maxLength: 60,
        },
      )
      .map((list) => list.toSorted((a, b) => a[1] - b[1]).map(([kind, at]) => mark(kind, at)));
    fc.assert(
      fc.property(marks, (list) => {
        const clusters = clustersOf({ marks: list }, LEFT, 10 * 86_400);
        const told = clusters.flatMap((cluster) => cluster.marks);
        expect(told).toHaveLength(list.length);
        expect(new Set(told)).toEqual(new Set(list));
        for (const { kind, marks: own } of clusters) expect(own.every((one) => one.kind === kind)).toBe(true);
        for (const kind of ["failure", "access", "end"]) {
          const own = clusters.filter((cluster) => cluster.kind === kind);
          own.slice(1).forEach((cluster, i) => {
            const firstOf = (one?: { marks: LeavingMark[] }) =>
              placeOf((Date.parse(one?.marks[0]?.at ?? LEFT) - Date.parse(LEFT)) / 1000, 10 * 86_400);
            expect(firstOf(cluster) - firstOf(own[i])).toBeGreaterThanOrEqual(0.03);
          });
        }
      }),
    );
  });
});
