import { expect, it } from "vitest";
import { reasonsIn, withReason } from "./reasons.ts";

it("keeps the last reasons, the newest first and each once", () => {
  expect(withReason(["left the team", "not used"], "not used")).toEqual(["not used", "left the team"]);
  const many = Array.from({ length: 9 }, (_, i) => `reason ${i}`);
  expect(withReason(many, "one more")).toEqual(["one more", ...many.slice(0, 8)]);
});

it("takes nothing from what is no list of texts", () => {
  expect(reasonsIn('["a", 1, "b"]')).toEqual(["a", "b"]);
  expect(reasonsIn("{")).toEqual([]);
  expect(reasonsIn('{"a":1}')).toEqual([]);
  expect(reasonsIn(null)).toEqual([]);
});
