import fc from "fast-check";
import { expect, it } from "vitest";
import { applicationKey } from "../../lib/lifecycle/refs.ts";
import { accountItemKey, credentialItemKey } from "../../lib/reviews/keys.ts";
import { accountItem, credentialItem, itemsIn } from "./carried-items.ts";

it("names an account by the key of its application", () => {
  expect(accountItem({ application: "  Google  Workspace ", account: "A:1" })).toBe(
    "account:google%20workspace:A:1",
  );
  expect(credentialItem({ id: "00T1" })).toBe(credentialItemKey("00T1"));
});

it("makes the keys that reviews have", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (application) => {
      expect(accountItem({ application, account: "1" })).toBe(
        accountItemKey(applicationKey(application), "1"),
      );
    }),
  );
});

it("takes nothing from what is no list of keys", () => {
  expect(itemsIn('["a","a",2]')).toEqual(["a"]);
  expect(itemsIn("nonsense")).toEqual([]);
  expect(itemsIn(null)).toEqual([]);
});
