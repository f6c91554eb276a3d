import { describe, expect, it } from "vitest";
import type { LeavingMark } from "../../lib/reports/contract.ts";
import { step } from "../offboarding/testing.ts";
import { afterInWords, clusterInWords, laneInWords, leavingInWords, usesInWords } from "./words.ts";

const LEFT = "2026-03-01T09:00:00.000Z";
const mark = (kind: LeavingMark["kind"], at: string): LeavingMark => ({
  kind,
  at,
  eventId: at,
  summary: "",
  message: null,
});
const lane = (given: Parameters<typeof step>[0] | null, marks: LeavingMark[] = []) => ({
  application: "Slack",
  step: given === null ? null : step(given),
  marks,
});

describe("a lane in words", () => {
  it.each([
    [null, "No account on record", "none"],
    [{ openFor: 7_200, status: "open" }, "Still open after 2 h", "risk"],
    [{ openFor: 172_800, status: "open", breached: true }, "Still open after 2 days", "bad"],
    [{ openFor: 7_200, status: "failing" }, "Still open after 2 h, failing", "bad"],
    [{ status: "rehired" }, "Rehired before the end", "none"],
    [{ status: "early", latency: 0 }, "Ended before leaving", "good"],
    [{ latency: 60 }, "Ended after 1 min", "good"],
    [{ latency: 172_800, breached: true }, "Ended after 2 days, past the SLA", "risk"],
  ] as const)("%j: %s", (given, words, tone) => {
    expect(laneInWords(lane(given))).toEqual({ words, tone });
  });

  it("says how often it was used after leaving", () => {
    const use = mark("access", "2026-03-02T09:00:00.000Z");
    expect(usesInWords(lane({}))).toBeNull();
    expect(usesInWords(lane({}, [use, mark("failure", use.at)]))).toBe("Used once after leaving");
    expect(usesInWords(lane({}, [use, use]))).toBe("Used 2 times after leaving");
  });
});

describe("marks in words", () => {
  const early = mark("end", "2026-02-27T09:00:00.000Z");
  const late = mark("failure", "2026-03-01T12:00:00.000Z");
  it("say what, and when, on either side of leaving", () => {
    expect(afterInWords(LEFT, early.at)).toBe("2 days before leaving");
    expect(clusterInWords({ kind: "end", place: 0, marks: [early] }, "Slack", LEFT)).toBe(
      "Slack: access ended 2 days before leaving, 2026-02-27 09:00:00 UTC",
    );
    expect(clusterInWords({ kind: "failure", place: 0, marks: [late, late] }, "Slack", LEFT)).toBe(
      "Slack: 2 failed attempts, the last 3 h after leaving, 2026-03-01 12:00:00 UTC",
    );
  });
});

describe("a departure in words", () => {
  it("counts what ended, what was late, and what is open", () => {
    const lanes = [
      lane({ latency: 60 }),
      lane({ latency: 172_800, breached: true }),
      lane({ openFor: 5, status: "open" }),
      lane(null),
    ];
    const of = (some: typeof lanes) =>
      leavingInWords({
        leftAt: LEFT,
        trigger: "deactivate",
        source: "okta",
        eventId: null,
        rehiredAt: null,
        until: LEFT,
        lanes: some,
      });
    expect(of(lanes)).toBe("2 of 3 accounts ended, 1 past the SLA, 1 still open.");
    expect(of(lanes.slice(0, 1))).toBe("1 of 1 account ended.");
    expect(of([lane(null)])).toBe("No account had to end.");
  });
});
