/**
 * Workspaces of very different sizes on the shards of several nodes: what becomes of them when a node is added, and what the
 * biggest of them does to its node. Pure and seeded: the same numbers give the same answer.
 */
import { Random } from "../sample/random.ts";

export interface Simulated {
  seed: number;
  workspaces: number;
  shards: number;
  /** Nodes before and after. */
  nodes: number;
  added: number;
  /** Bytes of all workspaces. */
  bytes: number;
  /** Of the Pareto distribution of their sizes: the nearer to 1, the more of everything the biggest have. */
  tail: number;
  /** Bytes a second at which a shard is moved, one at a time. */
  moveBytesPerSecond: number;
  /** Moving goes on while a node has more than this above, or below, what each would have. */
  threshold: number;
}

export const SIMULATED: Simulated = {
  seed: 1,
  workspaces: 10_000,
  shards: 128,
  nodes: 28,
  added: 4,
  bytes: 78e12,
  tail: 1.2,
  moveBytesPerSecond: 100e6,
  threshold: 0.1,
};

/** A shard and the node that it is on. */
export interface Placed {
  bytes: number;
  node: number;
}

/** The fullest node's bytes ÷ those that each would have. */
export function imbalance(shards: readonly Placed[], nodes: number): number {
  const loads = loadsOf(shards, nodes);
  return Math.max(...loads) / (loads.reduce((sum, load) => sum + load, 0) / nodes);
}

function loadsOf(shards: readonly Placed[], nodes: number): number[] {
  const loads = new Array<number>(nodes).fill(0);
  for (const { bytes, node } of shards) loads[node] = (loads[node] as number) + bytes;
  return loads;
}

/** Sizes by Pareto's law, scaled so that they have `bytes` together; the biggest first. */
export function workspaceSizes({ seed, workspaces, bytes, tail }: Simulated): number[] {
  const random = new Random(seed, "sizes");
  const drawn = Array.from({ length: workspaces }, () => (1 - random.next()) ** (-1 / tail));
  const scale = bytes / drawn.reduce((sum, size) => sum + size, 0);
  return drawn.map((size) => size * scale).sort((a, b) => b - a);
}

/**
 * Moves shards, one at a time, from the fullest node that can give one to the emptiest, as Citus' strategy by disk size does in
 * principle: each time the one after which both are nearest to each other, and the receiver not as full as the giver was; until
 * all nodes are within the threshold, or nothing makes it better.
 * @returns the shards where they are then, and what was moved.
 */
export function rebalance(
  shards: readonly Placed[],
  nodes: number,
  threshold: number,
): { shards: Placed[]; moves: number; moved: number } {
  const placed = shards.map((shard) => ({ ...shard }));
  const mean = placed.reduce((sum, { bytes }) => sum + bytes, 0) / nodes;
  let moves = 0;
  let moved = 0;
  for (let move = nextMove(placed, nodes, mean, threshold); move !== null; moves++) {
    move.shard.node = move.to;
    moved += move.shard.bytes;
    move = nextMove(placed, nodes, mean, threshold);
  }
  return { shards: placed, moves, moved };
}

function nextMove(
  placed: readonly Placed[],
  nodes: number,
  mean: number,
  threshold: number,
): { shard: Placed; to: number } | null {
  const loads = loadsOf(placed, nodes);
  const to = loads.indexOf(Math.min(...loads));
  const low = loads[to] as number;
  const givers = loads
    .map((load, node) => ({ load, node }))
    .filter(({ load }) => load > mean * (1 + threshold) || (load > mean && low < mean * (1 - threshold)))
    .sort((a, b) => b.load - a.load);
  for (const { load, node } of givers) {
    const fitting = placed.filter(
      (shard) => shard.node === node && shard.bytes > 0 && low + shard.bytes < load,
    );
    if (fitting.length === 0) continue;
    const half = (load - low) / 2;
    const shard = fitting.reduce((a, b) => (Math.abs(b.bytes - half) < Math.abs(a.bytes - half) ? b : a));
    return { shard, to };
  }
  return null;
}

interface Hot {
  /** Of all bytes. */
  share: number;
  /** Of its shard's. */
  shareOfShard: number;
  /** Of its node's, and that node's bytes ÷ those that each would have. */
  shareOfNode: number;
  node: number;
}

export interface Simulation {
  settings: Simulated;
  /** Of all bytes, those of the biggest, of the biggest ten and of the biggest hundredth. */
  biggest: { one: number; ten: number; hundredth: number };
  /** The fullest node ÷ the average: as placed; with the new nodes still empty; after moving. */
  before: number;
  withNew: number;
  after: number;
  moves: number;
  moved: number;
  seconds: number;
  /** Of the biggest workspace, where it is after that; in a shard of its own, all moved again; alone on a node. */
  shared: Hot;
  isolated: Hot & { moved: number };
  alone: Hot & { moved: number; others: number };
}

export function simulate(settings: Simulated = SIMULATED): Simulation {
  const { seed, shards, nodes, added, bytes, moveBytesPerSecond, threshold } = settings;
  const sizes = workspaceSizes(settings);
  const random = new Random(seed, "shards");
  const placed: Placed[] = Array.from({ length: shards }, (_, at) => ({ bytes: 0, node: at % nodes }));
  const shardOf = sizes.map(() => Math.floor(random.next() * shards));
  sizes.forEach((size, at) => {
    (placed[shardOf[at] as number] as Placed).bytes += size;
  });
  const all = nodes + added;
  const done = rebalance(placed, all, threshold);
  const share = (count: number) => sizes.slice(0, count).reduce((sum, size) => sum + size, 0) / bytes;

  const hottest = sizes[0] as number;
  const at = shardOf[0] as number;
  const hot = (on: readonly Placed[], shard: Placed): Hot => {
    const load = loadsOf(on, all)[shard.node] as number;
    return {
      share: hottest / bytes,
      shareOfShard: hottest / shard.bytes,
      shareOfNode: hottest / load,
      node: load / (bytes / all),
    };
  };
  // Its rows go into a shard of their own on the same node; what they leave behind stays.
  const split = done.shards.map((shard, place) =>
    place === at ? { ...shard, bytes: shard.bytes - hottest } : shard,
  );
  const own: Placed = { bytes: hottest, node: (done.shards[at] as Placed).node };
  const again = rebalance([...split, own], all, threshold);
  const last = again.shards.at(-1) as Placed;
  // Its node is emptied of all others, which the other nodes share.
  const others = split.map((shard) => ({ ...shard }));
  const leaving = others.filter(({ node }) => node === own.node);
  for (const shard of leaving) {
    const loads = loadsOf(others, all).map((load, node) =>
      node === own.node ? Number.POSITIVE_INFINITY : load,
    );
    shard.node = loads.indexOf(Math.min(...loads));
  }
  const alone = [...others, own];
  const rest = loadsOf(others, all).filter((_, node) => node !== own.node);
  return {
    settings,
    biggest: { one: share(1), ten: share(10), hundredth: share(Math.ceil(sizes.length / 100)) },
    before: imbalance(placed, nodes),
    withNew: imbalance(placed, all),
    after: imbalance(done.shards, all),
    moves: done.moves,
    moved: done.moved,
    seconds: done.moved / moveBytesPerSecond,
    shared: hot(done.shards, done.shards[at] as Placed),
    isolated: { ...hot(again.shards, last), moved: hottest + again.moved },
    alone: {
      ...hot(alone, own),
      moved: hottest + leaving.reduce((sum, shard) => sum + shard.bytes, 0),
      others: Math.max(...rest) / (bytes / all),
    },
  };
}
