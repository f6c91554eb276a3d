import { describe, expect, it } from "vitest";
import type { ReviewSummary } from "../../lib/reviews/contract.ts";
import { inOrder, listFigures } from "./list-figures.ts";

const COUNTS = {
  items: 10,
  flagged: 0,
  open: 4,
  kept: 3,
  "to-do": 2,
  verified: 1,
  exempt: 0,
  "cant-say": 0,
  disputed: 0,
};
const summary = (given: Partial<ReviewSummary>): ReviewSummary => ({
  review: "r1",
  name: "Spring",
  state: "running",
  oldestToDo: null,
  openedAt: "2026-03-01T10:00:00.000Z",
  openedBy: "Ana Lima",
  asOf: "2026-03-01T10:00:00.000Z",
  dueAt: "2026-03-15T23:59:59.999Z",
  endedAt: null,
  closedAt: null,
  overdue: false,
  every: null,
  nextAt: null,
  counts: COUNTS,
  mine: { items: 0, open: 0 },
  ...given,
});

describe("the list of reviews", () => {
  it("counts what is open in those that run, and what is to do in all", () => {
    const figures = listFigures([
      summary({}),
      summary({ dueAt: "2026-03-08T23:59:59.999Z", mine: { items: 5, open: 2 } }),
      summary({ state: "ended", oldestToDo: 7_200, mine: { items: 5, open: 0 } }),
    ]);
    expect(figures).toEqual({
      running: 2,
      items: 20,
      open: 8,
      nextDue: "2026-03-08T23:59:59.999Z",
      toDo: 6,
      oldest: 7_200,
      mine: { open: 2, reviews: 1, nextDue: "2026-03-08T23:59:59.999Z" },
    });
  });

  it("knows of no day where nothing runs", () => {
    expect(listFigures([])).toMatchObject({ running: 0, nextDue: null, mine: { nextDue: null } });
  });

  it("begins with what waits for whoever looks, then goes by the day, then by what ended last", () => {
    const order = inOrder([
      summary({ review: "old", state: "closed", openedAt: "2025-01-01T00:00:00.000Z" }),
      summary({ review: "ended", state: "ended" }),
      summary({ review: "late", dueAt: "2026-04-01T00:00:00.000Z" }),
      summary({ review: "soon" }),
      summary({ review: "mine", dueAt: "2026-05-01T00:00:00.000Z", mine: { items: 1, open: 1 } }),
    ]);
    expect(order.map(({ review }) => review)).toEqual(["mine", "soon", "late", "ended", "old"]);
  });
});
