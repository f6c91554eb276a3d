import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoverageCell, CoverageRow } from "../../lib/reports/contract.ts";
import { automateNext, blockCount, blocksOf, manualChanges, sharesOf } from "./cells.ts";

const cell = (part: Partial<CoverageCell>): CoverageCell => ({
  state: "none",
  successes: 0,
  failures: 0,
  manual: 0,
  lastEventAt: null,
  lastEventId: null,
  attempted: 0,
  leftInFailure: 0,
  why: "",
  ...part,
});

const row = (application: string, part: Partial<CoverageRow> = {}): CoverageRow => ({
  application,
  cells: { joiner: cell({}), mover: cell({}), roles: cell({}), leaver: cell({}) },
  accounts: 0,
  people: 0,
  notByScim: { accounts: 0, entitlements: 0 },
  uncovered: false,
  rank: 1,
  ...part,
});

describe("sharesOf", () => {
  it("tells what provisioning carried of all changes", () => {
    expect(sharesOf(cell({ successes: 6, failures: 2, manual: 2 }))).toEqual({
      carried: 0.6,
      failed: 0.2,
      manual: 0.2,
    });
  });
  it("has nothing to tell when nothing changed", () => expect(sharesOf(cell({}))).toBeNull());
});

describe("blocksOf", () => {
  it("keeps every application, in order, in at most as many blocks as fit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (size) => {
        const rows = Array.from({ length: size }, (_, i) => row(`app ${i}`));
        const blocks = blocksOf(rows);
        expect(blocks.flat()).toEqual(rows);
        expect(blocks.length).toBeLessThanOrEqual(blockCount(size));
      }),
    );
  });
});

describe("automateNext", () => {
  it("ranks what changes by hand or is uncovered, and leaves the rest out", () => {
    const byHand = row("By hand", { rank: 2 });
    byHand.cells.leaver = cell({ manual: 3 });
    const uncovered = row("Uncovered", { uncovered: true, rank: 1 });
    const rows = [byHand, row("Fine", { rank: 3 }), uncovered];
    expect(manualChanges(byHand)).toBe(3);
    expect(automateNext({ rows } as never).map((found) => found.application)).toEqual([
      "Uncovered",
      "By hand",
    ]);
  });
});
