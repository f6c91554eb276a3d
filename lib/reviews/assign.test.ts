import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignItems, type Directory, isSampled } from "./assign.ts";
import type { ReviewInput } from "./contract.ts";
import { frozen } from "./fixtures.ts";
import { itemId } from "./item-id.ts";

const reviewer = (name: string) => ({ member: `member-${name}`, name, email: `${name}@larkspur.example` });

const directory = (more: Partial<Directory> = {}): Directory => ({
  reviewers: ["ann", "bob", "carol"].map(reviewer),
  managerNames: () => [],
  namesOf: (subject) => new Set([`${subject.split(":").at(-1)}@larkspur.example`]),
  ownerOf: () => undefined,
  ...more,
});

const input = (more: Partial<ReviewInput> = {}): ReviewInput => ({
  name: "Quarterly",
  scope: {
    kinds: ["account"],
    applications: [],
    customers: [],
    departments: [],
    flaggedOnly: false,
    nonHumanOnly: false,
    items: [],
  },
  asOf: null,
  dueAt: "2099-01-01T00:00:00.000Z",
  rules: ["manager", "owner"],
  named: [],
  fallback: "member-carol",
  secondShare: 0,
  second: null,
  every: null,
  ...more,
});

const assign = (accounts: string[], wish: Partial<ReviewInput> = {}, known: Partial<Directory> = {}) =>
  assignItems(
    accounts.map((account) => frozen(account)),
    input(wish),
    directory(known),
    "f".repeat(64),
  ).map(({ reviewer: to, reviewerBy, ownOf }) => [to.name, reviewerBy, ownOf?.name ?? null]);

describe("items are given to", () => {
  it("the manager, else the application's owner, else the fallback", () => {
    const managerNames = (subject: string) => (subject.endsWith("dan") ? ["Ann@Larkspur.example"] : []);
    const ownerOf = (application: string) => (application === "chat" ? "member-bob" : undefined);
    expect(assign(["dan", "eve"], {}, { managerNames, ownerOf })).toEqual([
      ["ann", "manager", null],
      ["bob", "owner", null],
    ]);
    expect(assign(["eve"])).toEqual([["carol", "fallback", null]]);
  });

  it("named members in turn", () => {
    const wish = { rules: ["named" as const], named: ["member-ann", "member-bob"] };
    expect(assign(["d", "e", "f"], wish).map(([name]) => name)).toEqual(["ann", "bob", "ann"]);
  });

  it("never the one whose access it is, by whatever name, which is told", () => {
    expect(assign(["carol"])).toEqual([["ann", "fallback", "carol"]]);
    const managerNames = () => ["carol@larkspur.example"];
    expect(assign(["carol"], {}, { managerNames })).toEqual([["ann", "fallback", "carol"]]);
    expect(() => assign(["carol"], {}, { reviewers: [reviewer("carol")] })).toThrow(
      "Nobody but carol may review, and Chat has an account of theirs. Invite a second reviewer.",
    );
  });

  it("nobody who may not review", () => {
    expect(() => assign(["dan"], { fallback: "member-zoe" })).toThrow("The fallback reviewer is no member");
    expect(() => assign(["dan"], { rules: ["named"], named: ["member-zoe"] })).toThrow("The named reviewer");
    expect(() => assign(["dan"], { secondShare: 10, second: "member-zoe" })).toThrow("The second reviewer");
  });
});

describe("the second reviewer", () => {
  it("is another than the first, and not the one whose access it is", () => {
    const wish = { secondShare: 100, second: "member-bob", rules: [] };
    const seconds = assignItems(
      ["dan", "bob", "carol"].map((account) => frozen(account)),
      input(wish),
      directory(),
      "f".repeat(64),
    ).map(({ reviewer: first, second }) => [first.name, second?.name ?? null]);
    expect(seconds).toEqual([
      ["carol", "bob"],
      // Bob's own, and Carol has it already.
      ["carol", null],
      ["ann", "bob"],
    ]);
  });

  it("is asked of about the share that was wished, by what anybody can work out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.string({ minLength: 1 }), (percent, hash) => {
        const items = Array.from({ length: 2_000 }, (_, i) => itemId(`account:chat:${i}`));
        const chosen = items.filter((item) => isSampled(hash, item, percent));
        // Six standard deviations of a fair draw.
        const spread = 6 * Math.sqrt(2_000 * (percent / 100) * (1 - percent / 100));
        expect(Math.abs(chosen.length - 20 * percent)).toBeLessThanOrEqual(spread);
        // Who is asked at a smaller share is asked at a larger one.
        for (const item of chosen) expect(isSampled(hash, item, Math.min(100, percent + 10))).toBe(true);
      }),
      { numRuns: 50 },
    );
    expect(isSampled("x", "y", 0)).toBe(false);
  });
});
