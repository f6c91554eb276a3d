import { describe, expect, it } from "vitest";
import { assigned, frozen, itemAfter, recordsOfItem, says } from "./fixtures.ts";
import { rowOf, stateOf } from "./rows.ts";

const NOW = Date.parse("2026-02-01T00:00:00Z");
const open = { now: NOW, verifiedOf: () => null, member: null };
const done = { ...open, verifiedOf: () => ({ at: NOW - 1000, eventId: "e:0" }) };
const BOB = { member: "member-bob", name: "bob" };

const itemThat = (...acts: Parameters<typeof recordsOfItem>[2] & object) =>
  itemAfter(recordsOfItem(frozen("dan"), assigned("ann", { second: BOB }), acts));

describe("the state of an item", () => {
  it.each([
    ["open", []],
    ["kept", [says("keep")]],
    ["to-do", [says("revoke")]],
    ["to-do", [says("change")]],
    ["cant-say", [says("cant-say")]],
    ["open", [says("keep"), says("withdraw")]],
    // That something is to go is agreed on, whatever it is.
    ["to-do", [says("revoke"), says("change", { role: "second" })]],
    ["disputed", [says("revoke"), says("keep", { role: "second" })]],
    ["disputed", [says("keep"), says("cant-say", { role: "second" })]],
    ["open", [says("keep", { role: "second" })]],
  ] as const)("is %s", (state, acts) => {
    expect(stateOf(itemThat(...acts), open)).toBe(state);
  });

  it("is verified only by what the records show, and only of what was to be done", () => {
    expect(stateOf(itemThat(says("revoke")), done)).toBe("verified");
    expect(stateOf(itemThat(says("keep")), done)).toBe("kept");
    expect(rowOf(itemThat(says("revoke")), done)).toMatchObject({
      verifiedBy: "e:0",
      verifiedAt: "2026-01-31T23:59:59.000Z",
      age: null,
    });
  });

  it("is exempt until the day that was set, and to be done after it", () => {
    const exempted = { verb: "exempted" as const, reason: "x", owner: "ann" };
    const until = (day: string) => itemThat(says("revoke"), { ...exempted, until: `${day}T00:00:00.000Z` });
    expect(stateOf(until("2026-02-02"), open)).toBe("exempt");
    expect(stateOf(until("2026-01-31"), open)).toBe("to-do");
  });

  it("tells how long something has been waiting to be done", () => {
    expect(rowOf(itemThat(says("revoke")), open).age).toBe((NOW - Date.parse("2026-01-01T00:01:00Z")) / 1000);
  });
});

describe("a second reviewer", () => {
  it("sees what the first said once they have said something themselves", () => {
    const bob = { ...open, member: BOB.member };
    expect(rowOf(itemThat(says("revoke")), bob)).toMatchObject({
      decision: null,
      reason: null,
      state: "open",
    });
    expect(rowOf(itemThat(says("revoke"), says("keep", { role: "second", by: "bob" })), bob)).toMatchObject({
      decision: "revoke",
      secondDecision: "keep",
      state: "disputed",
    });
    expect(rowOf(itemThat(says("revoke")), { ...open, member: "member-ann" }).decision).toBe("revoke");
  });
});
