import { describe, expect, it } from "vitest";
import { MOST_DECISIONS } from "../../lib/reviews/decide-items.ts";
import {
  backAll,
  backTo,
  beforeOf,
  fitsState,
  inputOf,
  mayDecide,
  needsReason,
  refusal,
  removable,
  saidOf,
  withDecision,
} from "./acts.ts";
import { ANA, BEN, held, itemRow } from "./testing.ts";

const ana = { me: ANA.member, name: ANA.name, reviews: true, runs: false };
const ben = { me: BEN.member, name: BEN.name, reviews: true, runs: false };
const NOW = "2026-03-01T10:00:00.000Z";
const keep = { decision: "keep", reason: null, remove: [] } as const;

describe("a reason", () => {
  it("is asked for what is taken away, and for keeping what has a flag", () => {
    const plain = itemRow();
    const flagged = itemRow({ flags: ["zombie"] });
    expect(needsReason("revoke", [plain])).toBe(true);
    expect(needsReason("change", [plain])).toBe(true);
    expect(needsReason("keep", [plain])).toBe(false);
    expect(needsReason("keep", [plain, flagged])).toBe(true);
    expect(needsReason("cant-say", [flagged])).toBe(false);
  });
});

describe("whose an item is", () => {
  it("is the first's and the second reviewer's, of those who review, and of whoever runs reviews", () => {
    const row = itemRow({ second: BEN });
    expect(mayDecide(row, ana)).toBe(true);
    expect(mayDecide(row, ben)).toBe(true);
    expect(mayDecide(row, { ...ana, reviews: false })).toBe(false);
    expect(mayDecide(itemRow(), ben)).toBe(false);
    expect(mayDecide(itemRow(), { ...ben, runs: true })).toBe(true);
  });

  it("refuses what is another's, what is over, and a change of nothing", () => {
    expect(refusal("keep", [itemRow()], ben, "running")).toBe("cora.diaz is Ana Lima's to decide.");
    expect(refusal("keep", [itemRow(), itemRow({ reviewer: BEN })], ben, "running")).toBe(
      "1 item of these is others' to decide.",
    );
    expect(refusal("keep", [itemRow()], ana, "ended")).toBe(
      "The review has ended: only who runs reviews decides in it now.",
    );
    expect(refusal("keep", [itemRow()], { ...ana, runs: true }, "ended")).toBeNull();
    expect(refusal("keep", [itemRow()], { ...ana, runs: true }, "closed")).toBe(
      "The review is closed: nothing more is decided.",
    );
    expect(refusal("change", [itemRow()], ana, "running")).toMatch(/no groups or roles/u);
    const many = Array.from({ length: MOST_DECISIONS + 1 }, () => itemRow());
    expect(refusal("keep", many, ana, "running")).toBe("At most 2,000 items are decided at once, not 2,001.");
    expect(refusal("keep", many.slice(1), ana, "running")).toBeNull();
    expect(refusal("change", [itemRow({ entitlements: [held("Admins")] })], ana, "running")).toBeNull();
  });
});

describe("a filter by state", () => {
  it("leaves what has that state, and says nothing where it names none", () => {
    expect(fitsState(itemRow(), "f.state=open")).toBe(true);
    expect(fitsState(itemRow({ state: "kept" }), "f.state=open&sort=userName")).toBe(false);
    expect(fitsState(itemRow({ state: "kept" }), "f.state=open&f.state=kept")).toBe(true);
    expect(fitsState(itemRow({ state: "kept" }), "f.state=!%3Dopen")).toBe(true);
    expect(fitsState(itemRow({ state: "kept" }), "f.since=new")).toBe(true);
  });
});

describe("a decision", () => {
  it("is sent with the version that was seen, and takes away what each item has", () => {
    const rows = [
      itemRow({ entitlements: [held("Admins"), held("All")] }),
      itemRow({ entitlements: [held("All")] }),
    ];
    expect(removable(rows)).toEqual(["Admins", "All"]);
    const change = { decision: "change", reason: "moved", remove: ["Admins"] } as const;
    expect(inputOf(rows[0] ?? itemRow(), change, 4)).toEqual({
      item: "i1",
      version: 3,
      decision: "change",
      reason: "moved",
      remove: ["Admins"],
      seconds: 4,
    });
    expect(inputOf(rows[1] ?? itemRow(), change, null)).toEqual({
      item: "i1",
      version: 3,
      decision: "change",
      reason: "moved",
      remove: [],
    });
  });

  it("shows at once, and of the second reviewer beside the first's", () => {
    const revoked = withDecision(itemRow(), { decision: "revoke", reason: "left", remove: [] }, ana, NOW, 1);
    expect(revoked).toMatchObject({ state: "to-do", decision: "revoke", decidedBy: "Ana Lima", version: 4 });
    const second = withDecision(itemRow({ second: BEN }), keep, ben, NOW, 1);
    expect(second).toMatchObject({ state: "open", decision: null, secondDecision: "keep" });
  });

  it("is taken back to what was said before, or to nothing", () => {
    const open = beforeOf(itemRow(), ANA.member);
    expect(backTo(open)).toEqual({ decision: "withdraw", reason: null, remove: [] });
    const kept = beforeOf(itemRow({ decision: "keep", reason: "needed" }), ANA.member);
    expect(backTo(kept)).toEqual({ decision: "keep", reason: "needed", remove: [] });
  });

  it("on many goes back to what each was before", () => {
    const before = [
      beforeOf(itemRow({ item: "a" }), ANA.member),
      beforeOf(itemRow({ item: "b", decision: "keep", reason: "needed" }), ANA.member),
      beforeOf(itemRow({ item: "c" }), ANA.member),
    ];
    expect(backAll(before).map(({ decision, items }) => [decision.decision, items])).toEqual([
      ["withdraw", ["a", "c"]],
      ["keep", ["b"]],
    ]);
  });

  it("is told in a sentence", () => {
    expect(saidOf("keep", [itemRow()])).toBe("cora.diaz: Keep.");
    expect(saidOf("revoke", [itemRow(), itemRow()])).toBe("2 items: Revoke.");
    expect(saidOf("withdraw", [itemRow()])).toBe("cora.diaz: taken back.");
  });
});
