/**
 * The log as a Merkle tree (RFC 6962), in tiles (C2SP tlog-tiles). Records become leaves a little after they arrive: segments
 * are written by several ingests at once, and are put into one order here, by one process at a time.
 */
import type postgres from "postgres";
import { type Db, type SqlSession, waitForOthers } from "../client.ts";
import { EMPTY_ROOT, HASH_BYTES } from "../merkle/hash.ts";
import type { Range } from "../merkle/ranges.ts";
import {
  completeAt,
  GrowingTree,
  hashAt,
  rangeHash,
  TILE_WIDTH,
  type Tile,
  type TileReader,
  tileRoot,
} from "../merkle/tiles.ts";

/** Segments whose records become leaves in one transaction: some 60,000 records. */
const SEGMENTS_AT_ONCE = 256;

/** A state of the tree. */
export interface Tree {
  /** By which the log is known. */
  origin: string;
  /** Number of leaves, and the root over them. */
  size: number;
  root: Buffer;
}

/** The tree as it is; null before the first record became a leaf. */
export async function readTree(sql: SqlSession, workspace: string): Promise<Tree | null> {
  const [row] = await sql<{ origin: string; size: string; root: Buffer }[]>`
    select origin, size, root from log_trees where workspace_id = ${workspace}`;
  return row === undefined ? null : { ...row, size: Number(row.size) };
}

/** The hashes of the leaves from one up to another, as the records in the log give them. */
async function readLeaves(sql: SqlSession, from: number, to: number): Promise<Buffer> {
  const [row] = await sql<{ hashes: Buffer }[]>`select log_leaves(${from}, ${to}) as hashes`;
  return row?.hashes ?? Buffer.alloc(0);
}

/** Tiles of level 0 are read so many at once: 16,384 leaves. */
const TILES_A_RUN = 64;
/** Runs and tiles held. */
const HELD = 16;

/** The log is not what its tree says: a record, or the tree, was changed in the database. */
export class TreeProblem extends Error {
  override name = "TreeProblem";
}

/** Hands out the first that was asked for again and again, and forgets the oldest. */
class Held<T> {
  private readonly kept = new Map<string, Promise<T>>();

  get(key: string, read: () => Promise<T>): Promise<T> {
    const found = this.kept.get(key) ?? read();
    this.kept.delete(key);
    this.kept.set(key, found);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > HELD && oldest !== undefined) this.kept.delete(oldest);
    return found;
  }
}

/**
 * The tree of a log at one size. Tiles of level 0 are worked out from the records, those above are stored: each full tile is
 * held against the one above it, so that a record that was changed in the database is noticed.
 */
export class TreeOfLog {
  private readonly tiles = new Held<Uint8Array>();

  constructor(
    private readonly sql: SqlSession,
    private readonly workspace: string,
    readonly size: number,
  ) {}

  /** The hash over the leaves of a range that one node covers. @throws TreeProblem */
  hash(range: Range): Promise<Uint8Array> {
    return rangeHash(range, this.read);
  }

  /** Looks at every run of leaves that `wanted` asks for. @throws TreeProblem */
  async check(wanted: (from: number, to: number) => boolean): Promise<void> {
    const run = TILES_A_RUN * TILE_WIDTH;
    for (let from = 0; from < this.size; from += run)
      if (wanted(from, Math.min(from + run, this.size))) await this.read(0, from / TILE_WIDTH);
  }

  /** The first hashes of a tile, end to end; null where the tree has fewer. @throws TreeProblem */
  async tile(level: number, index: number, width: number): Promise<Uint8Array | null> {
    if (completeAt(this.size, level) < index * TILE_WIDTH + width) return null;
    return (await this.read(level, index)).subarray(0, width * HASH_BYTES);
  }

  private readonly read: TileReader = async (level, index) => {
    if (level > 0) return this.tiles.get(`${level} ${index}`, () => this.readStored(level, index));
    const run = Math.floor(index / TILES_A_RUN);
    const leaves = await this.tiles.get(`run ${run}`, () => this.readRun(run));
    const start = (index % TILES_A_RUN) * TILE_WIDTH * HASH_BYTES;
    return leaves.subarray(start, start + TILE_WIDTH * HASH_BYTES);
  };

  private async readRun(run: number): Promise<Uint8Array> {
    const from = run * TILES_A_RUN * TILE_WIDTH;
    const leaves = await readLeaves(this.sql, from, Math.min(from + TILES_A_RUN * TILE_WIDTH, this.size));
    for (let tile = 0; (tile + 1) * TILE_WIDTH * HASH_BYTES <= leaves.length; tile++) {
      const hashes = leaves.subarray(tile * TILE_WIDTH * HASH_BYTES, (tile + 1) * TILE_WIDTH * HASH_BYTES);
      await this.holdAgainstParent(0, run * TILES_A_RUN + tile, hashes);
    }
    return leaves;
  }

  private async readStored(level: number, index: number): Promise<Uint8Array> {
    const [row] = await this.sql<{ hashes: Buffer }[]>`
      select hashes from log_tiles where workspace_id = ${this.workspace} and level = ${level} and tile = ${index}`;
    const complete = completeAt(this.size, level) - index * TILE_WIDTH;
    const hashes = (row?.hashes ?? Buffer.alloc(0)).subarray(0, complete * HASH_BYTES);
    if (complete >= TILE_WIDTH) await this.holdAgainstParent(level, index, hashes);
    return hashes;
  }

  private async holdAgainstParent(level: number, index: number, hashes: Uint8Array): Promise<void> {
    const above = await this.read(level + 1, Math.floor(index / TILE_WIDTH));
    const said = hashAt(above, index % TILE_WIDTH);
    if (hashes.length === TILE_WIDTH * HASH_BYTES && Buffer.compare(said, tileRoot(hashes)) === 0) return;
    const [from, to] = [index * TILE_WIDTH ** (level + 1), (index + 1) * TILE_WIDTH ** (level + 1) - 1];
    throw new TreeProblem(
      `The records ${from} to ${to} of the log no longer have the hashes that they had when they arrived: the log was ` +
        "changed in the database, or the disk is damaged. Restore the database from a backup.",
    );
  }
}

/** The tree ready to grow. */
async function openTree(sql: SqlSession, workspace: string, size: number): Promise<GrowingTree> {
  const last: Uint8Array[] = [];
  for (let level = 0; completeAt(size, level) > 0; level++) {
    const complete = completeAt(size, level);
    const [index, partial] = [Math.floor(complete / TILE_WIDTH), complete % TILE_WIDTH];
    if (level === 0) last.push(await readLeaves(sql, complete - partial, complete));
    else {
      const [row] = await sql<{ hashes: Buffer }[]>`
        select hashes from log_tiles where workspace_id = ${workspace} and level = ${level} and tile = ${index}`;
      last.push((row?.hashes ?? Buffer.alloc(0)).subarray(0, partial * HASH_BYTES));
    }
  }
  return new GrowingTree(size, last);
}

async function storeTiles(sql: SqlSession, workspace: string, tiles: readonly Tile[]): Promise<void> {
  for (const { level, index, hashes } of tiles) {
    if (level === 0) continue;
    await sql`
      insert into log_tiles (workspace_id, level, tile, hashes) values (${workspace}, ${level}, ${index}, ${hashes})
      on conflict (workspace_id, level, tile) do update set hashes = excluded.hashes`;
  }
}

/** Gives the next segments their leaves, in the order in which they were written. @returns how many leaves the tree has then. */
async function placeSegments(sql: SqlSession, workspace: string, size: number): Promise<number> {
  const [row] = await sql<{ size: string }[]>`
    with next as (
      select u.segment, s.records
      from (select segment from unsequenced_segments where workspace_id = ${workspace} order by segment limit ${SEGMENTS_AT_ONCE}) u
        cross join lateral (select records from segments one
          where one.workspace_id = ${workspace} and one.segment = u.segment offset 0) s
    ), placed as (
      insert into segment_leaves (workspace_id, segment, first_leaf)
      select ${workspace}, segment, ${size}::bigint + sum(records) over (order by segment) - records from next
    ), taken as (
      delete from unsequenced_segments where workspace_id = ${workspace} and segment in (select segment from next)
    )
    select ${size}::bigint + coalesce(sum(records), 0) as size from next`;
  return Number(row?.size ?? size);
}

/** @returns whether there may be more to do. */
async function sequenceSome(sql: postgres.TransactionSql, workspace: string): Promise<boolean> {
  await waitForOthers(sql);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall tree ${workspace}`}, 0))`;
  await sql`
    insert into log_trees (workspace_id, origin, size, root)
    values (${workspace}, 'rollcall/' || left(replace(gen_random_uuid()::text, '-', ''), 16) || '/' || ${workspace}, 0, ${EMPTY_ROOT})
    on conflict do nothing`;
  const { size: before } = (await readTree(sql, workspace)) as Tree;
  const size = await placeSegments(sql, workspace, before);
  if (size === before) return false;
  const tree = await openTree(sql, workspace, before);
  const leaves = await readLeaves(sql, before, size);
  for (let place = 0; place < size - before; place++)
    await storeTiles(sql, workspace, tree.add(hashAt(leaves, place)));
  await storeTiles(sql, workspace, tree.grown());
  await sql`update log_trees set size = ${size}, root = ${await tree.root()} where workspace_id = ${workspace}`;
  return true;
}

/**
 * Makes leaves of all records that have none yet. A record that is being written meanwhile may be left for the next time. A
 * connection that sees one customer only does nothing of it.
 * @returns the tree as it is then.
 */
export async function sequence(db: Db, workspace: string): Promise<Tree> {
  const [scope] = await db.sql<{ customer: string | null }[]>`select rollcall_customer() as customer`;
  if (scope?.customer === null) while (await db.sql.begin((sql) => sequenceSome(sql, workspace)));
  const tree = await readTree(db.sql, workspace);
  if (tree === null) throw new TreeProblem("The log of this workspace has no record yet.");
  return tree;
}

/** Keeps a signed head, unless one of that size is kept. */
export async function addHead(
  sql: SqlSession,
  workspace: string,
  { size, root }: Tree,
  checkpoint: string,
  now: number,
): Promise<void> {
  await sql`
    insert into tree_heads (workspace_id, size, root, checkpoint, signed_at)
    values (${workspace}, ${size}, ${root}, ${checkpoint}, ${new Date(now).toISOString()}) on conflict do nothing`;
}

/** The head that was signed last; null when none was. */
export async function lastHead(
  sql: SqlSession,
  workspace: string,
): Promise<{ size: number; checkpoint: string; signedAt: number } | null> {
  const [row] = await sql<{ size: string; checkpoint: string; at: string }[]>`
    select size, checkpoint, signed_at::text at from tree_heads
    where workspace_id = ${workspace} order by size desc limit 1`;
  return row === undefined
    ? null
    : { size: Number(row.size), checkpoint: row.checkpoint, signedAt: Date.parse(row.at) };
}

/** The signed heads of smaller trees, by their size. */
export async function readHeads(
  sql: SqlSession,
  workspace: string,
  below: number,
): Promise<{ size: number; checkpoint: string }[]> {
  const rows = await sql<{ size: string; checkpoint: string }[]>`
    select size, checkpoint from tree_heads
    where workspace_id = ${workspace} and size < ${below} and size > 0 order by size`;
  return rows.map(({ size, checkpoint }) => ({ size: Number(size), checkpoint }));
}
