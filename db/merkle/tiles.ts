/**
 * The tree in tiles as in C2SP tlog-tiles: a tile holds up to 256 hashes side by side, and tile n of level l those of the
 * complete subtrees of 256^l leaves from 256 n on. Every hash of the tree is worked out from a few of them.
 */
import { EMPTY_ROOT, foldPerfect, HASH_BYTES, nodeHash, splitOf } from "./hash.ts";
import type { Range } from "./ranges.ts";

export const TILE_WIDTH = 256;
const TILE_LEVELS = 8;

export interface Tile {
  level: number;
  index: number;
  /** End to end; fewer than 256 where the tree ends in it. */
  hashes: Uint8Array;
}

/** The hash at a place of a tile. */
export const hashAt = (hashes: Uint8Array, place: number): Uint8Array =>
  hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);

/** The hash over all of a full tile. */
export const tileRoot = (hashes: Uint8Array): Uint8Array =>
  foldPerfect(Array.from({ length: TILE_WIDTH }, (_, place) => hashAt(hashes, place)));

/** How many subtrees of a level a tree of so many leaves has complete. */
export const completeAt = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** One level's last tile as it fills. */
class Edge {
  private hashes: Uint8Array[] = [];
  changed = false;

  constructor(
    readonly level: number,
    private index: number,
    known: Uint8Array,
  ) {
    for (let place = 0; place * HASH_BYTES < known.length; place++) this.hashes.push(hashAt(known, place));
  }

  /** @returns the tile when it is full, and begins the next. */
  add(hash: Uint8Array): { tile: Tile; root: Uint8Array } | null {
    this.hashes.push(hash);
    this.changed = true;
    if (this.hashes.length < TILE_WIDTH) return null;
    const full = { tile: this.tile(), root: foldPerfect(this.hashes) };
    this.hashes = [];
    this.index += 1;
    this.changed = false;
    return full;
  }

  tile(): Tile {
    return { level: this.level, index: this.index, hashes: Buffer.concat(this.hashes) };
  }

  get filled(): number {
    return this.hashes.length;
  }
}

/** A tree that grows at its end. Holds the last tile of each level, some kilobytes. */
export class GrowingTree {
  private readonly edges: Edge[] = [];

  /**
   * @param size leaves that it has.
   * @param lastTiles for each level from 0 on the hashes of its last tile, where that is not full.
   */
  constructor(
    private leaves: number,
    lastTiles: readonly Uint8Array[],
  ) {
    for (let level = 0; level === 0 || completeAt(leaves, level) > 0; level++) {
      const complete = completeAt(leaves, level);
      const known = lastTiles[level] ?? new Uint8Array();
      if (known.length !== (complete % TILE_WIDTH) * HASH_BYTES)
        throw new Error(`The last tile of level ${level} does not fit a tree of ${leaves} leaves.`);
      this.edges.push(new Edge(level, Math.floor(complete / TILE_WIDTH), known));
    }
  }

  get size(): number {
    return this.leaves;
  }

  /** Adds a leaf by its hash. @returns the tiles that it fills, lowest first; usually none. */
  add(hash: Uint8Array): Tile[] {
    const full: Tile[] = [];
    this.leaves += 1;
    let carried: Uint8Array | null = hash;
    for (let level = 0; carried !== null; level++) {
      const edge: Edge = this.edges[level] ?? new Edge(level, 0, new Uint8Array());
      this.edges[level] = edge;
      const filled = edge.add(carried);
      if (filled !== null) full.push(filled.tile);
      carried = filled?.root ?? null;
    }
    return full;
  }

  /** The last tiles that are not full and have grown since the tree was made. */
  grown(): Tile[] {
    return this.edges.filter((edge) => edge.changed && edge.filled > 0).map((edge) => edge.tile());
  }

  /** The root, from the last tiles alone. */
  async root(): Promise<Uint8Array> {
    if (this.leaves === 0) return EMPTY_ROOT;
    const tiles = this.edges.map((edge) => edge.tile());
    return rangeHash({ from: 0, to: this.leaves }, async (level) => tiles[level]?.hashes ?? new Uint8Array());
  }
}

/** Hands out a tile's hashes, as many as it has by now. The place of the first one asked for is `index` × 256. */
export type TileReader = (level: number, index: number) => Promise<Uint8Array>;

/** The node over 2^`level` leaves, the `index`th of its level. */
async function completeHash(level: number, index: number, read: TileReader): Promise<Uint8Array> {
  const tileLevel = Math.floor(level / TILE_LEVELS);
  const width = 2 ** (level % TILE_LEVELS);
  const first = index * width;
  const hashes = await read(tileLevel, Math.floor(first / TILE_WIDTH));
  const at = first % TILE_WIDTH;
  if (hashes.length < (at + width) * HASH_BYTES)
    throw new Error(
      `Tile ${Math.floor(first / TILE_WIDTH)} of level ${tileLevel} of the log's tree is too short.`,
    );
  return foldPerfect(Array.from({ length: width }, (_, i) => hashAt(hashes, at + i)));
}

/**
 * The hash over a range of leaves (RFC 6962 §2.1), which one node of the tree covers.
 * @param range not empty.
 */
export async function rangeHash({ from, to }: Range, read: TileReader): Promise<Uint8Array> {
  const size = to - from;
  const level = Math.round(Math.log2(size));
  if (2 ** level === size) return completeHash(level, from / size, read);
  const middle = from + splitOf(size);
  // The left part is complete; the right one may not be.
  const left = await rangeHash({ from, to: middle }, read);
  return nodeHash(left, await rangeHash({ from: middle, to }, read));
}
