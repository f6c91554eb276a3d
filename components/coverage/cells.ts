/** What a cell of the coverage map is drawn from. Pure, so that it can be tested. */
import type {
  Capability,
  CoverageCell,
  CoverageReport,
  CoverageRow,
  CoverageState,
} from "../../lib/reports/contract.ts";

/** One cell of the map. */
export interface CellRef {
  application: string;
  capability: Capability;
}

/** Which cells stand out: all, those of one state, or the applications without any provisioning. */
export type Emphasis = CoverageState | "uncovered" | null;

/** The shares of a cell's changes, each 0 to 1: carried over, failed, and made without provisioning. */
export interface Shares {
  carried: number;
  failed: number;
  manual: number;
}

/** Null when nothing changed in the window. */
export function sharesOf(cell: CoverageCell): Shares | null {
  const all = cell.successes + cell.failures + cell.manual;
  if (all === 0) return null;
  return { carried: cell.successes / all, failed: cell.failures / all, manual: cell.manual / all };
}

/** How many tables side by side show so many applications at once on a wide screen. */
export const blockCount = (rows: number): number => (rows <= 12 ? 1 : rows <= 34 ? 2 : 3);

/** The rows in blocks of equal height, read down each block first. */
export function blocksOf(rows: readonly CoverageRow[]): CoverageRow[][] {
  const size = Math.max(Math.ceil(rows.length / blockCount(rows.length)), 1);
  const blocks: CoverageRow[][] = [];
  for (let start = 0; start < rows.length; start += size) blocks.push(rows.slice(start, start + size));
  return blocks;
}

/** Changes of an application that no provisioning explains. */
export const manualChanges = (row: CoverageRow): number =>
  Object.values(row.cells).reduce((sum, cell) => sum + cell.manual, 0);

/** What provisioning would help most, first: applications with changes made by hand, or uncovered. */
export function automateNext(report: CoverageReport): CoverageRow[] {
  return report.rows
    .filter((row) => row.uncovered || manualChanges(row) > 0)
    .toSorted((a, b) => a.rank - b.rank);
}
