import { describe, expect, it } from "vitest";
import { exampleReports } from "../../lib/reports/fixtures.ts";
import type { SharedReview } from "../../lib/shares/shared-reviews.ts";
import { completenessWords, leavingWords, reviewsWords } from "./words.ts";

const review: SharedReview = {
  review: "0b3a2f55-6c4e-4b7e-8a0a-0d8f5a0f9c11",
  name: "Q1",
  state: "running",
  openedAt: "2026-03-01T09:00:00.000Z",
  dueAt: "2026-03-15T09:00:00.000Z",
  closedAt: null,
  overdue: false,
  items: 12,
  decided: 9,
  kept: 6,
  verified: 1,
  exempted: 1,
  toDo: 1,
};

describe("the sentences of a shared page", () => {
  it("say what came in, and what is missing, before anything else", () => {
    const words = (sources: number, records: number, rejected: number, gaps: number) =>
      completenessWords({ ...exampleReports.completeness, summary: { sources, records, rejected, gaps } });
    expect(words(0, 0, 0, 0)).toBe("No records have come in yet: nothing below is known.");
    expect(words(1, 12_000, 0, 0)).toBe(
      "12,000 records came in from 1 source; every record could be read, and no gap was found.",
    );
    expect(words(2, 1, 3, 1)).toBe(
      "1 record came in from 2 sources; 3 records could not be read, and 1 gap was found.",
    );
  });

  it("say that nobody left where nobody did", () => {
    const report = exampleReports.offboarding;
    expect(leavingWords({ ...report, summary: { ...report.summary, leavers: 0 } })).toBe("Nobody has left.");
  });

  it("count reviews over all, and tell that there are others without telling of them", () => {
    expect(reviewsWords({ reviews: [], withOthers: 0 })).toBe("No access review has been opened.");
    expect(reviewsWords({ reviews: [review, { ...review, toDo: 0 }], withOthers: 0 })).toBe(
      "18 of 24 items of 2 reviews are decided; 1 revoke is not shown done.",
    );
    expect(reviewsWords({ reviews: [{ ...review, toDo: 0 }], withOthers: 1 })).toBe(
      "9 of 12 items of 1 review are decided; nothing that was revoked is left to do. 1 more review covers several customers together, and is not told here.",
    );
  });
});
