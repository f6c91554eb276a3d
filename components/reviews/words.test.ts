import { describe, expect, it } from "vitest";
import { dueWords, FLAG_WORDS, peerWords, reviewState, revokeWords, saidWords, wordIn } from "./words.ts";

const NOW = "2026-03-01T10:00:00.000Z";
const counts = {
  items: 0,
  flagged: 0,
  open: 0,
  kept: 0,
  "to-do": 0,
  verified: 0,
  exempt: 0,
  "cant-say": 0,
  disputed: 0,
};

describe("a review in words", () => {
  it("says when it is due, and for how long it is overdue", () => {
    expect(dueWords("2026-03-07T12:00:00.000Z", NOW)).toBe("due in 6 days");
    expect(dueWords("2026-02-27T10:00:00.000Z", NOW)).toBe("overdue for 2 days");
  });

  it("tells that it is overdue only while it runs", () => {
    expect(reviewState({ state: "running", overdue: true }).word).toBe("Overdue");
    expect(reviewState({ state: "running", overdue: false }).word).toBe("Running");
    expect(reviewState({ state: "ended", overdue: true }).word).toBe("Ended");
    expect(reviewState({ state: "closed", overdue: false }).word).toBe("Closed");
  });

  it("names the revokes that there are", () => {
    expect(revokeWords({ counts })).toBeNull();
    expect(revokeWords({ counts: { ...counts, verified: 9, "to-do": 1, exempt: 1 } })).toBe(
      "9 verified, 1 to do, 1 exempt",
    );
  });
});

describe("an item in words", () => {
  const identity = { userName: null, displayName: null, department: "Sales", title: "Engineer" };

  it("compares with people alike, where there are any", () => {
    expect(peerWords({ peers: { people: 12, have: 9 }, identity })).toBe("9 of 12 (Engineer, Sales) have it");
    expect(peerWords({ peers: { people: 3, have: 1 }, identity: { ...identity, title: null } })).toBe(
      "1 of 3 (Sales) has it",
    );
    expect(peerWords({ peers: null, identity })).toBeNull();
    expect(peerWords({ peers: { people: 0, have: 0 }, identity })).toBeNull();
  });

  it("says a decision with its reason", () => {
    expect(saidWords("keep", null)).toBe("Keep");
    expect(saidWords("revoke", "left")).toBe("Revoke, “left”");
  });

  it("leaves a value as it is that has no word", () => {
    expect(wordIn(FLAG_WORDS)("owner-left")).toBe("Owner left");
    expect(wordIn(FLAG_WORDS)("toString")).toBe("toString");
  });
});
