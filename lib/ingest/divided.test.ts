import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { refHash } from "../../db/log/segment.ts";
import { AliasGroups } from "./alias-groups.ts";
import { Divided } from "./divided.ts";
import { HashedSet } from "./hashed-set.ts";
import { partsOf, RefTableMaker } from "./ref-table.ts";

const COUNT = 5;
/** Two texts of one hash: what only looks alike is found by them. */
const [ONE, OTHER] = ["costarring", "liquid"];

async function read(divided: Divided): Promise<string[]> {
  const texts: string[] = [];
  for await (const part of divided.all()) texts.push(Buffer.from(part).toString());
  return texts;
}

describe("divided text", () => {
  it("comes back part by part, in its order, whatever went to the file meanwhile", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.nat(COUNT - 1), fc.string({ unit: "grapheme", maxLength: 9 })) },
      { weight: 1, arbitrary: fc.constant("spill" as const) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.nat(COUNT - 1), fc.string({ maxLength: 9 })), { maxLength: 4 }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const expected = Array.from({ length: COUNT }, () => "");
        const divided = new Divided(COUNT);
        const add = (part: number, text: string) => {
          expected[part] += text;
        };
        try {
          for (const one of steps) {
            if (one === "spill") await divided.spill();
            else if (typeof one[0] === "number") {
              const [part, text] = one as [number, string];
              add(part, text);
              divided.add(part, text);
            } else {
              const pieces = one as [number, string][];
              let end = 0;
              const ends = pieces.map(([, text]) => (end += Buffer.byteLength(text)));
              for (const [part, text] of pieces) add(part, text);
              divided.addAll(
                Buffer.from(pieces.map(([, text]) => text).join("")),
                pieces.map(([part]) => part),
                ends,
              );
            }
          }
          expect(await read(divided)).toEqual(expected.filter((text) => text !== ""));
        } finally {
          await divided.close();
        }
      }),
      { numRuns: 100 },
    );
  });

  it("holds so much and no more, and leaves nothing behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-test-"));
    vi.stubEnv("TMPDIR", folder);
    const divided = new Divided(3);
    const line = "x".repeat(99_999);
    for (let i = 0; i < 300; i++) {
      divided.add(i % 3, `${line}${i % 10}`);
      if (divided.full) await divided.spill();
    }
    const sizes = (await read(divided)).map((text) => text.length);
    expect(sizes).toEqual([10_000_000, 10_000_000, 10_000_000]);
    await divided.close();
    vi.unstubAllEnvs();
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

describe("what is known by hashes", () => {
  it("has two texts of one hash to be tested with", () => {
    expect(ONE).not.toBe(OTHER);
    expect(refHash(ONE)).toBe(refHash(OTHER));
  });

  it("the parts of a ref are found, and those of refs that look alike with them", () => {
    const maker = new RefTableMaker();
    for (let i = 0; i < 5_000; i++) maker.add(`ref-${i}`, i % 7);
    maker.add("ref-3", 6);
    maker.add("ref-3", 6);
    maker.add(ONE, 2);
    maker.add(OTHER, 65_535);
    const table = maker.end();
    expect(partsOf(table, "ref-3")).toEqual([3, 6]);
    expect(partsOf(table, "ref-4999")).toEqual([4_999 % 7]);
    expect(partsOf(table, ONE)).toEqual([2, 65_535]);
    expect(partsOf(table, "nobody's")).toEqual([]);
    expect(partsOf(new RefTableMaker().end(), "ref-3")).toEqual([]);
  });

  it("a set is exact while it is small, and never lacks what is in it", () => {
    const set = new HashedSet(2);
    set.add(ONE);
    set.add(ONE);
    expect([set.has(ONE), set.has(OTHER), set.size]).toEqual([true, false, 1]);
    expect([...(set.few ?? [])]).toEqual([ONE]);
    set.add("b");
    set.add("c");
    expect(set.few).toBeNull();
    expect([set.has(ONE), set.has("b"), set.has("c"), set.has("d"), set.size]).toEqual([
      true,
      true,
      true,
      false,
      3,
    ]);
  });

  it("aliases and their aliases are one group", () => {
    const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 30 });
    fc.assert(
      fc.property(pairs, (given) => {
        const groups = new AliasGroups();
        const group = Array.from({ length: 21 }, (_, i) => i);
        for (const [a, b] of given) {
          groups.unite(`x:${a}`, `x:${b}`);
          const [from, to] = [group[a], group[b]];
          group.forEach((own, i) => {
            if (own === from) group[i] = to as number;
          });
        }
        for (let a = 0; a <= 20; a++)
          for (let b = 0; b <= 20; b++)
            expect(groups.of(`x:${a}`) === groups.of(`x:${b}`)).toBe(group[a] === group[b]);
      }),
    );
  });
});
