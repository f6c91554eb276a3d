import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runRollcall } from "../cli/testing.ts";
import { PROJECT_ROOT } from "../runtime/home.ts";
import { scaleReport, scaleTables } from "./report.ts";
import { imbalance, rebalance, SIMULATED, simulate, workspaceSizes } from "./simulate.ts";
import { ASSUMPTIONS, SIZES, sizeOf } from "./sizing.ts";

const doc = (name: string) => readFileSync(join(PROJECT_ROOT, "docs", name), "utf8");

describe("sizing", () => {
  it("of ten million records is what was measured of ten million", () => {
    const size = sizeOf({ events: 1e7, workspaces: 1 });
    expect(size.rawBytes).toBe(2.16e10);
    expect(size.diskBytes / size.rawBytes).toBeCloseTo(0.36, 10);
    expect(size.rebuildSeconds).toBeCloseTo(217.3, 1);
    expect(size.nodes.needed).toBe(1);
  });

  it("takes what is measured from where it stands", () => {
    const performance = doc("performance.md");
    for (const measured of ["2.16 KB a record", "| 13,336 ", "| 46,018 ", "0.36 of the file's bytes on disk"])
      expect(performance).toContain(measured);
    expect(ASSUMPTIONS).toMatchObject({
      bytesARecord: 2_160,
      diskShare: 0.36,
      ingestPerSecond: 13_336,
      rebuildPerSecond: 46_018,
    });
  });

  it("of 10^11 records and 10,000 workspaces says which numbers end", () => {
    const size = sizeOf({ events: 1e11, workspaces: 1e4 });
    expect(size.nodes.needed).toBe(Math.ceil((1e11 * 2_160 * 0.36) / 2.8e12));
    expect(size.segments.likely).toBeGreaterThan(ASSUMPTIONS.mostSegments);
    expect(size.segmentsEndAfterYears).toBeLessThan(ASSUMPTIONS.years);
    expect(sizeOf({ events: 1e10, workspaces: 1e3 }).segmentsEndAfterYears).toBeNull();
  });

  it("grows with what there is, and never needs less than any resource alone", () => {
    const size = fc.record({
      events: fc.integer({ min: 1, max: 1e12 }),
      workspaces: fc.integer({ min: 1, max: 1e5 }),
    });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (one, more) => {
        const [small, large] = [sizeOf(one), sizeOf({ ...one, events: one.events + more })];
        expect(large.diskBytes).toBeGreaterThan(small.diskBytes);
        expect(large.nodes.needed).toBeGreaterThanOrEqual(small.nodes.needed);
        const { needed, ...each } = large.nodes;
        expect(needed).toBe(Math.max(1, ...Object.values(each)));
        expect(large.segments.likely).toBeGreaterThanOrEqual(large.segments.full);
        expect(large.segments.likely).toBeLessThanOrEqual(one.events + more);
      }),
    );
  });

  it("refuses what is nothing", () => {
    expect(() => sizeOf({ events: 0, workspaces: 1 })).toThrow(RangeError);
    expect(() => sizeOf({ events: 1, workspaces: 0.5 })).toThrow(RangeError);
    expect(() => sizeOf({ events: Number.NaN, workspaces: 1 })).toThrow(RangeError);
  });
});

describe("moving shards", () => {
  const placement = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 4 }))
    .chain(([nodes, added]) =>
      fc.record({
        nodes: fc.constant(nodes + added),
        shards: fc.array(
          fc.record({
            bytes: fc.integer({ min: 1, max: 1_000 }),
            node: fc.integer({ min: 0, max: nodes - 1 }),
          }),
          { minLength: 1, maxLength: 60 },
        ),
      }),
    );

  it("loses no byte, makes no node fuller than the fullest was, and moves nothing twice over", () => {
    fc.assert(
      fc.property(placement, ({ nodes, shards }) => {
        const { shards: after, moves, moved } = rebalance(shards, nodes, 0.1);
        expect(after.map(({ bytes }) => bytes)).toEqual(shards.map(({ bytes }) => bytes));
        expect(imbalance(after, nodes)).toBeLessThanOrEqual(imbalance(shards, nodes) + 1e-9);
        const elsewhere = after.filter(({ node }, at) => node !== shards[at]?.node);
        expect(elsewhere.length).toBeLessThanOrEqual(moves);
        expect(elsewhere.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(moved);
        expect(rebalance(after, nodes, 0.1).moves).toBe(0);
      }),
    );
  });

  it("evens out shards of one size, as far as they can be", () => {
    const shards = Array.from({ length: 128 }, (_, at) => ({ bytes: 1, node: at % 4 }));
    const { shards: after, moves } = rebalance(shards, 5, 0.01);
    expect(imbalance(shards, 5)).toBe(1.25);
    expect(imbalance(after, 5)).toBeCloseTo(26 / 25.6, 10);
    expect(moves).toBe(25);
  });

  it("can't part one shard that is more than a node's share, and moves the others", () => {
    const shards = [{ bytes: 100, node: 0 }, ...Array.from({ length: 20 }, () => ({ bytes: 5, node: 0 }))];
    const { shards: after } = rebalance(shards, 3, 0.1);
    expect(imbalance(after, 3)).toBeCloseTo(100 / (200 / 3), 10);
    expect(after.filter(({ node }) => node === after[0]?.node)).toHaveLength(1);
  });
});

describe("the simulation", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    expect(simulate()).toEqual(simulate());
    expect(simulate({ ...SIMULATED, seed: 2 }).moved).not.toBe(simulate().moved);
  });

  it("has workspaces of all bytes together, few of which have much", () => {
    const sizes = workspaceSizes(SIMULATED);
    expect(sizes.reduce((sum, size) => sum + size, 0) / SIMULATED.bytes).toBeCloseTo(1, 9);
    const { biggest } = simulate();
    expect(biggest.hundredth).toBeGreaterThan(0.25);
    expect(simulate({ ...SIMULATED, tail: 3 }).biggest.hundredth).toBeLessThan(0.1);
  });

  it("moves what new nodes take, and isolates the biggest", () => {
    for (const seed of [1, 2, 3]) {
      const one = simulate({ ...SIMULATED, seed, workspaces: 2_000, tail: 1.5 });
      expect(one.withNew / one.before).toBeCloseTo(32 / 28, 10);
      expect(one.after).toBeLessThan(one.withNew);
      expect(one.moved).toBeGreaterThan(0);
      expect(one.seconds).toBe(one.moved / SIMULATED.moveBytesPerSecond);
      expect(one.shared.shareOfShard).toBeLessThan(1);
      expect(one.isolated.shareOfShard).toBe(1);
      expect(one.alone.shareOfNode).toBe(1);
    }
  });
});

describe("docs/scale.md", () => {
  it("has the tables that the command prints", async () => {
    const { code, out, err } = await runRollcall(["bench", "--scale"]);
    expect(err).toBe("");
    expect(code).toBe(0);
    const tables = Object.values(scaleTables(scaleReport()));
    expect(out).toBe(`${tables.join("\n\n")}\n`);
    for (const table of tables) expect(doc("scale.md")).toContain(table);
    expect(SIZES.at(-1)).toEqual({ events: 1e11, workspaces: 1e4 });
  });
});
