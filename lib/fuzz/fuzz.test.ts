import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { RECORDS } from "../ingest/adapters/fixtures.ts";
import { detectAdapter } from "../ingest/adapters/registry.ts";
import { Random } from "../sample/random.ts";
import { mutatedBytes, mutatedValue } from "./mutate.ts";
import { fuzz } from "./run.ts";
import { must, type Target } from "./target.ts";
import { PURE_TARGETS } from "./targets.ts";

const seed = randomInt(1_000_000_000);

describe(`hostile input (seed ${seed})`, { timeout: 120_000 }, () => {
  it.each(PURE_TARGETS.map(({ name }) => name))("breaks no promise of %s", async (name) => {
    const [result] = await fuzz(
      PURE_TARGETS.filter((target) => target.name === name),
      { seed, cases: 200 },
    );
    expect(result?.findings).toEqual([]);
    expect(result?.cases).toBe(200);
  });
});

describe("the fuzzer", () => {
  const broken: Target = {
    name: "broken",
    next(random) {
      const input = random.int(1, 50);
      return { input, run: () => must(input !== 7, "Seven is too much.") };
    },
  };

  it("tells the case that breaks a promise, and gives it again by its number", async () => {
    const [first] = await fuzz([broken], { seed: 5, cases: 500 });
    const [found] = first?.findings ?? [];
    expect(found).toMatchObject({ target: "broken", input: "7" });
    expect(found?.error).toMatch(/^Broken: Seven is too much\./u);
    const [again] = await fuzz([broken], { seed: 5, first: found?.case ?? -1, cases: 1 });
    expect(again?.findings).toEqual([{ ...found, error: expect.stringContaining("Seven is too much.") }]);
  });

  it("tells what does not hold after all cases", async () => {
    const end = async () => must(false, "Something is gone.");
    const [result] = await fuzz([{ ...broken, next: () => ({ input: 1, run: () => {} }), end }], {
      seed: 1,
      cases: 3,
    });
    expect(result?.findings).toMatchObject([
      { case: 3, error: expect.stringContaining("Something is gone.") },
    ]);
  });

  it("damages records so that most are others, and many are still read", () => {
    const random = new Random(1, "damage");
    let changed = 0;
    let known = 0;
    for (let i = 0; i < 1_000; i++) {
      const [, record] = random.pick(RECORDS);
      const value = mutatedValue(record, random, random.pick(RECORDS)[1]);
      if (JSON.stringify(value) !== JSON.stringify(record)) changed += 1;
      if (detectAdapter(value) !== null) known += 1;
    }
    expect(changed).toBeGreaterThan(900);
    expect(known).toBeGreaterThan(300);
  });

  it("damages bytes alike for the same numbers", () => {
    const bytes = Buffer.from(JSON.stringify(RECORDS[0]));
    const damaged = (seed: number) => mutatedBytes(bytes, new Random(seed, "bytes"));
    expect(damaged(3).equals(damaged(3))).toBe(true);
    expect([1, 2, 3, 4, 5].some((seed) => !damaged(seed).equals(bytes))).toBe(true);
  });
});
