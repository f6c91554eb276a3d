import { describe, expect, it } from "vitest";
import type { ReviewerFigures } from "../../lib/reviews/contract.ts";
import { isSuspect, remarksOf } from "./guards.ts";

const figures = (given: Partial<ReviewerFigures> = {}): ReviewerFigures => ({
  member: "m1",
  name: "Ana Lima",
  items: 40,
  open: 20,
  decided: 20,
  medianSeconds: 24,
  bulkShare: 0.1,
  neverOpened: 2,
  keptFlagged: 1,
  ownRouted: 0,
  disputed: 0,
  second: 4,
  delegatedTo: [],
  ...given,
});

describe("what looks like a rubber stamp", () => {
  it("says nothing of somebody who looks at what they decide", () => {
    expect(isSuspect(figures())).toBe(false);
  });

  it("names each sign", () => {
    expect(remarksOf(figures({ medianSeconds: 2 })).seconds).toBe("hasty");
    expect(remarksOf(figures({ bulkShare: 0.9 })).bulk).toBe("mostly at once");
    expect(remarksOf(figures({ neverOpened: 19 })).opened).toBe("mostly unopened");
    expect(remarksOf(figures({ disputed: 3 })).disputed).toBe("mostly otherwise");
  });

  it("says nothing of few decisions, nor of what lies at the edge", () => {
    expect(isSuspect(figures({ decided: 4, medianSeconds: 1, bulkShare: 1, neverOpened: 4 }))).toBe(false);
    expect(isSuspect(figures({ medianSeconds: 5, bulkShare: 0.5, neverOpened: 10, disputed: 2 }))).toBe(
      false,
    );
    expect(isSuspect(figures({ medianSeconds: null }))).toBe(false);
  });
});
