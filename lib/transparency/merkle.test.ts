/** The tree and its proofs, held against the definitions of RFC 6962 and an implementation that is not ours. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "../../db/merkle/hash.ts";
import { consistencyRanges, inclusionRanges } from "../../db/merkle/ranges.ts";
import {
  completeAt,
  GrowingTree,
  rangeHash,
  TILE_WIDTH,
  type Tile,
  type TileReader,
} from "../../db/merkle/tiles.ts";
import { isConsistent } from "../evidence/verify.mjs";
import { acceptInclusion, mth } from "./testing.ts";

/** A tree of these entries, with all of its tiles at hand. */
class Grown {
  readonly tiles = new Map<string, Uint8Array>();
  readonly tree = new GrowingTree(0, []);

  constructor(readonly entries: readonly Uint8Array[]) {
    for (const entry of entries) this.keep(this.tree.add(leafHash(entry)));
    this.keep(this.tree.grown());
  }

  private keep(tiles: readonly Tile[]): void {
    for (const { level, index, hashes } of tiles) this.tiles.set(`${level} ${index}`, hashes);
  }

  readonly read: TileReader = async (level, index) => this.tiles.get(`${level} ${index}`) ?? new Uint8Array();

  hashes(ranges: readonly { from: number; to: number }[]): Promise<Buffer[]> {
    return Promise.all(ranges.map(async (range) => Buffer.from(await rangeHash(range, this.read))));
  }
}

const entriesOf = (count: number, seed = 0) =>
  Array.from({ length: count }, (_, i) => Buffer.from(`${seed} ${i}`));

describe("the root", () => {
  it("is that of the known tests of Certificate Transparency", async () => {
    const entries = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ].map((hex) => Buffer.from(hex, "hex"));
    const roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    for (const [i, root] of roots.entries()) {
      const { tree } = new Grown(entries.slice(0, i + 1));
      expect(Buffer.from(await tree.root()).toString("hex")).toBe(root);
    }
    expect(Buffer.from(await new Grown([]).tree.root()).toString("hex")).toBe(mth([]).toString("hex"));
  });

  it("is that of the definition for any number of leaves, however they come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(700), fc.nat(), async (size, cut) => {
        const entries = entriesOf(size);
        const whole = new Grown(entries);
        expect(Buffer.from(await whole.tree.root())).toEqual(mth(entries));
        // Put down in the middle, and taken up again from its last tiles.
        const before = new Grown(entries.slice(0, size === 0 ? 0 : cut % (size + 1)));
        const last = [0, 1].map((level) => {
          const complete = completeAt(before.tree.size, level);
          const tile = before.tiles.get(`${level} ${Math.floor(complete / TILE_WIDTH)}`) ?? new Uint8Array();
          return tile.subarray(0, (complete % TILE_WIDTH) * 32);
        });
        const again = new GrowingTree(before.tree.size, last);
        for (const entry of entries.slice(before.tree.size)) again.add(leafHash(entry));
        expect(Buffer.from(await again.root())).toEqual(mth(entries));
      }),
      { numRuns: 40 },
    );
  });

  it("of 66,000 leaves comes from tiles of three levels", async () => {
    const entries = entriesOf(TILE_WIDTH * TILE_WIDTH + 464);
    const { tree, tiles } = new Grown(entries);
    expect(Buffer.from(await tree.root())).toEqual(mth(entries));
    expect([...tiles.keys()].filter((key) => key.startsWith("1 "))).toEqual(["1 0", "1 1"]);
    expect(tiles.get("2 0")).toHaveLength(32);
  });
});

describe("an inclusion proof", () => {
  it("is accepted by another's verifier for every leaf, and by none for another leaf", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, at) => {
        const entries = entriesOf(size);
        const grown = new Grown(entries);
        const leaf = at % size;
        const hashes = await grown.hashes(inclusionRanges(leaf, size));
        const proof = (entry: Uint8Array) =>
          acceptInclusion({ entry, leaf, size, root: mth(entries), hashes });
        proof(entries[leaf] as Uint8Array);
        expect(() => proof(Buffer.from("another"))).toThrow(/does not match/u);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a consistency proof", () => {
  it("holds for every earlier size, and not for a log that was changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(), async (size, at, other) => {
        const entries = entriesOf(size);
        const grown = new Grown(entries);
        const before = 1 + (at % size);
        const head = (list: readonly Uint8Array[]) => ({
          size: list.length,
          root: mth(list).toString("base64"),
        });
        const proof = await grown.hashes(consistencyRanges(before, size));
        const old = entries.slice(0, before);
        expect(isConsistent(head(old), head(entries), proof)).toBe(true);
        const forked = old.with(other % before, Buffer.from("another"));
        expect(isConsistent(head(forked), head(entries), proof)).toBe(false);
        if (before === size) return;
        expect(isConsistent(head(old), head(entries.with(size - 1, Buffer.from("another"))), proof)).toBe(
          false,
        );
        expect(isConsistent(head(old), head(entries), proof.slice(1))).toBe(false);
        expect(isConsistent(head(old), head(entries), [...proof, Buffer.alloc(32)])).toBe(false);
      }),
      { numRuns: 80 },
    );
  });
});
