import { expect, test } from "vitest";
import { counted, duration, share, withinWords } from "./words.ts";

test.each([
  [null, "–"],
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3599, "59 min"],
  [3600, "1 h"],
  [12_000, "3 h 20 min"],
  [86_400, "24 h"],
  [172_800, "2 days"],
  [86_400 * 1200, "1,200 days"],
])("%s seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test.each([
  [0, 0, "–"],
  [1, 2, "50 %"],
  [999, 1000, "> 99 %"],
  [1, 1000, "< 1 %"],
  [0, 1000, "0 %"],
  [7, 7, "100 %"],
])("%i of %i are %s", (part, whole, words) => {
  expect(share(part, whole)).toBe(words);
});

test("one is one, and more are many", () => {
  expect([counted(1, "gap"), counted(1200, "gap"), counted(0, "person", "people")]).toEqual([
    "1 gap",
    "1,200 gaps",
    "0 people",
  ]);
});

test("a percentile that is not reached is said, and no time is made up", () => {
  expect(withinWords({ p50: 60, p95: null })).toContain("no time can be named for 95 %");
  expect(withinWords({ p50: null, p95: null })).toContain("Less than half");
  expect(withinWords({ p50: 60, p95: 3600 })).toContain("95 % within 1 h.");
});
