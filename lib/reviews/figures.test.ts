import { describe, expect, it } from "vitest";
import { countsOf, reviewerFigures } from "./figures.ts";
import { assigned, frozen, itemAfter, recordsOfItem, says } from "./fixtures.ts";
import { stateOf } from "./rows.ts";

const BOB = { member: "member-bob", name: "bob" };

const items = [
  itemAfter(recordsOfItem(frozen("a"), assigned("ann"), [says("keep", { seconds: 4, bulk: 3 })])),
  itemAfter(recordsOfItem(frozen("b", { flags: ["dormant"] }), assigned("ann"), [says("keep", { bulk: 3 })])),
  itemAfter(
    recordsOfItem(frozen("c"), assigned("ann", { second: BOB }), [
      says("keep", { seconds: 10, bulk: 3 }),
      says("revoke", { role: "second", by: "bob", seconds: 30 }),
    ]),
  ),
  itemAfter(recordsOfItem(frozen("d"), assigned("ann", { ownOf: BOB }))),
  itemAfter(
    recordsOfItem(frozen("e"), assigned("ann"), [
      { verb: "given", to: BOB, rule: "delegated" },
      says("revoke", { by: "bob", seconds: 6 }),
    ]),
  ),
];

describe("the figures of reviewers", () => {
  it("tell how they decided", () => {
    expect(reviewerFigures(items)).toEqual([
      {
        member: "member-ann",
        name: "ann",
        items: 4,
        decided: 3,
        // Of 4 and 10.
        medianSeconds: 7,
        bulkShare: 1,
        neverOpened: 1,
        keptFlagged: 1,
        ownRouted: 0,
        disputed: 1,
        second: 0,
        delegatedTo: ["bob"],
      },
      {
        member: "member-bob",
        name: "bob",
        items: 1,
        decided: 1,
        medianSeconds: 6,
        bulkShare: 0,
        neverOpened: 0,
        keptFlagged: 0,
        ownRouted: 1,
        disputed: 0,
        second: 1,
        delegatedTo: [],
      },
    ]);
  });

  it("count the items by their states", () => {
    const counts = countsOf(items, (item) => stateOf(item, { now: 0, verifiedOf: () => null }));
    expect(counts).toMatchObject({ items: 5, flagged: 1, open: 1, kept: 2, disputed: 1, "to-do": 1 });
    const { items: all, flagged: _flagged, ...states } = counts;
    expect(Object.values(states).reduce((a, b) => a + b)).toBe(all);
  });
});
