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
        open: 1,
        decided: 3,
        // Of 4 and 10.
        medianSeconds: 7,
        bulkShare: 1,
        neverOpened: 1,
        keptFlagged: 1,
        ownRouted: 0,
        second: 1,
        disputed: 1,
        delegatedTo: ["bob"],
      },
      {
        member: "member-bob",
        name: "bob",
        // What he was given, and what he was asked second.
        items: 2,
        open: 0,
        decided: 2,
        // Of 30 and 6.
        medianSeconds: 18,
        bulkShare: 0,
        neverOpened: 0,
        keptFlagged: 0,
        ownRouted: 1,
        second: 0,
        disputed: 0,
        delegatedTo: [],
      },
    ]);
  });

  it("are of whoever decided, whoever's the item is", () => {
    const item = itemAfter(
      recordsOfItem(frozen("f"), assigned("ann"), [says("keep", { by: "carol", bulk: 9 })]),
    );
    const [ann, carol] = reviewerFigures([item]);
    expect(ann).toMatchObject({ name: "ann", items: 1, open: 0, decided: 0, bulkShare: 0 });
    expect(carol).toMatchObject({ name: "carol", items: 0, decided: 1, bulkShare: 1, neverOpened: 1 });
  });

  it("count the items by their states", () => {
    const counts = countsOf(items, (item) => stateOf(item, { now: 0, verifiedOf: () => null }));
    expect(counts).toMatchObject({ items: 5, flagged: 1, open: 1, kept: 2, disputed: 1, "to-do": 1 });
    const { items: all, flagged: _flagged, ...states } = counts;
    expect(Object.values(states).reduce((a, b) => a + b)).toBe(all);
  });
});
