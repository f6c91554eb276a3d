import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assigned, frozen, itemAfter, REVIEW, recordsOfItem, says } from "./fixtures.ts";
import { fold, type Item } from "./fold.ts";
import { itemId } from "./item-id.ts";
import type { GovernanceRecord } from "./records.ts";

describe("folding records", () => {
  it("keeps what was said last, and tells all that was said", () => {
    const item = itemAfter(
      recordsOfItem(frozen("dan"), assigned("ann"), [
        says("revoke"),
        says("keep"),
        says("withdraw"),
        says("keep"),
      ]),
    );
    expect(item.first).toMatchObject({ decision: "keep", by: "ann", at: "2026-01-01T00:04:00.000Z" });
    expect(item.version).toBe(5);
    expect(item.acts.map(({ decision }) => decision)).toEqual(["revoke", "keep", null, "keep"]);
    expect(new Set(item.acts.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it("keeps the second reviewer's word apart", () => {
    const item = itemAfter(
      recordsOfItem(frozen("dan"), assigned("ann"), [
        says("keep"),
        says("revoke", { role: "second", by: "bob" }),
      ]),
    );
    expect([item.first?.by, item.second?.by]).toEqual(["ann", "bob"]);
    expect(item.acts.map(({ verb }) => verb)).toEqual(["decided", "second-decided"]);
  });

  it("ends an exemption when the item is decided anew", () => {
    const exempted = {
      verb: "exempted" as const,
      reason: "until May",
      owner: "ann",
      until: "2026-05-31T00:00:00.000Z",
    };
    const records = recordsOfItem(frozen("dan"), assigned("ann"), [says("revoke"), exempted, says("revoke")]);
    expect(itemAfter(records.slice(0, 3)).exemption?.owner).toBe("ann");
    expect(itemAfter(records).exemption).toBeNull();
  });

  it("has no item that was never put into its review, and no review that was never opened", () => {
    const [, decided] = recordsOfItem(frozen("dan"), assigned("ann"), [says("keep")]);
    expect(() => fold([{ record: decided as GovernanceRecord, eventId: "x:0" }])).toThrow(/never put/u);
    const closed: GovernanceRecord = {
      id: "1",
      at: "2026-01-01T00:00:00.000Z",
      by: { name: "ann", member: null },
      review: REVIEW,
      verb: "closed",
    };
    expect(() => fold([{ record: closed, eventId: "x:0" }])).toThrow(/no opening/u);
  });

  it("gives the same in one go and cut anywhere, whatever other items do in between", () => {
    const words = fc.constantFrom("keep", "revoke", "change", "cant-say", "withdraw");
    const histories = fc.array(fc.array(words, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 20 }), (each, cut) => {
        const records = each.flatMap((said, i) =>
          recordsOfItem(
            frozen(`p${i}`),
            assigned("ann"),
            said.map((word) => says(word as "keep")),
          ),
        );
        const numbered = records.map((record) => ({ record, eventId: `${record.id}:0` }));
        const whole = fold(numbered);
        const first = fold(numbered.slice(0, cut));
        const rest = fold(numbered.slice(cut), {
          review: () => null,
          item: (_review, item) => first.items.get(REVIEW)?.get(item) ?? null,
        });
        const joined = new Map<string, Item>([
          ...(first.items.get(REVIEW) ?? []),
          ...(rest.items.get(REVIEW) ?? []),
        ]);
        const by = (a: [string, Item], b: [string, Item]) => (a[0] < b[0] ? -1 : 1);
        expect([...joined].sort(by)).toEqual([...(whole.items.get(REVIEW) ?? [])].sort(by));
        expect(joined.has(itemId(frozen("p0").key))).toBe(true);
      }),
    );
  });
});
