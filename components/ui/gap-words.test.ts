import { describe, expect, it } from "vitest";
import type { SourceGap } from "../../lib/reports/contract.ts";
import { day, dayAndTime } from "../format/time.ts";
import { gapWords } from "./gap-words.ts";

const gap = (given: Partial<SourceGap> = {}): SourceGap => ({
  kind: "silence",
  from: "2026-03-03T10:00:00.000Z",
  to: "2026-03-05T10:00:00.000Z",
  expected: 1041,
  why: "",
  ...given,
});

/** The whole of it, as it is told where the clock is UTC. */
function told(given: SourceGap): string {
  const { before, exact, after } = gapWords(given);
  const moment = exact === "day" ? day : dayAndTime;
  return `${before} from ${moment(given.from)} to ${moment(given.to)}${after}`;
}

describe("gapWords", () => {
  it("names the days, and what was to be expected", () => {
    expect(told(gap())).toBe("no events from 3 Mar 2026 to 5 Mar 2026, about 1,041 were to be expected");
    expect(told(gap({ expected: 1 }))).toMatch(/about 1 was to be expected$/u);
  });

  it("names the minutes of a short one", () => {
    expect(told(gap({ to: "2026-03-03T21:00:00.000Z" }))).toMatch(
      /^no events from 3 Mar 2026, 10:00 UTC to 3 Mar 2026, 21:00 UTC,/u,
    );
  });

  it("says of what kind it is", () => {
    expect(told(gap({ kind: "jump" }))).toMatch(/between two ingests$/u);
    expect(told(gap({ kind: "retention" }))).toMatch(/no longer has/u);
    expect(told(gap({ kind: "interrupted", expected: null }))).toBe(
      "an ingest ended early, after events from 3 Mar 2026 to 5 Mar 2026",
    );
  });
});
