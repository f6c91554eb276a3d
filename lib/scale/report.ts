/** All of docs/scale.md's tables, worked out at once. */
import { SIMULATED, type Simulation, simulate } from "./simulate.ts";
import { SIZES, type Sizing, sizeOf } from "./sizing.ts";
import { hotTable, rebalanceTable, sizingTable, tailTable } from "./tables.ts";

export interface ScaleReport {
  sizings: Sizing[];
  /** By the number of shards. */
  shards: Simulation[];
  /** By how heavy the tail of the workspaces' sizes is. */
  tails: Simulation[];
}

/** The same numbers each time: the simulations are seeded. */
export function scaleReport(): ScaleReport {
  return {
    sizings: SIZES.map((size) => sizeOf(size)),
    shards: [32, 64, 128, 256].map((shards) => simulate({ ...SIMULATED, shards })),
    tails: [3, 2, 1.5, 1.2, 1.1].map((tail) => simulate({ ...SIMULATED, tail })),
  };
}

export interface ScaleTables {
  sizing: string;
  rebalance: string;
  tails: string;
  hot: string;
}

export function scaleTables({ sizings, shards, tails }: ScaleReport): ScaleTables {
  const usual = shards.find(({ settings }) => settings.shards === SIMULATED.shards) as Simulation;
  return {
    sizing: sizingTable(sizings),
    rebalance: rebalanceTable(shards),
    tails: tailTable(tails),
    hot: hotTable(usual),
  };
}
