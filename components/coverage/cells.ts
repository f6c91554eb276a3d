/** What a cell of the coverage map is drawn from. Pure, so that it can be tested. */
import type {
  Capability,
  CoverageCell,
  CoverageCustomer,
  CoverageReport,
  CoverageRow,
  CoverageState,
} from "../../lib/reports/contract.ts";
import { CAPABILITIES } from "../format/words.ts";

/** One cell of the map. */
export interface CellRef {
  application: string;
  capability: Capability;
  /** Where the map is by customer: whose it is, null for nobody's. */
  customer?: string | null;
}

/** What a customer is called; null: the sources that belong to none. */
export const customerName = (customer: string | null): string => customer ?? "No customer";

/** Put behind the name of what is one customer's alone. */
export const ofCustomer = (customer: string | null | undefined): string =>
  customer === undefined ? "" : `: ${customerName(customer)}`;

/** A cell as the address names it: `leaver:Slack`, and by customer `leaver@Acme:Slack`. */
export function cellName({ application, capability, customer }: CellRef): string {
  const whose = customer === undefined ? "" : `@${encodeURIComponent(customer ?? "")}`;
  return `${capability}${whose}:${application}`;
}

/** The percent signs of an address undone; null where they spell no text. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The cell that `cellName` gave a name; null for what is none. */
export function cellNamed(name: string | null): CellRef | null {
  const [place = "", ...rest] = (name ?? "").split(":");
  const [word = "", ...whose] = place.split("@");
  const capability = CAPABILITIES.find((one) => one === word);
  if (capability === undefined) return null;
  const cell = { application: rest.join(":"), capability };
  if (whose.length === 0) return cell;
  const customer = decoded(whose.join("@"));
  return customer === null ? null : { ...cell, customer: customer === "" ? null : customer };
}

/** The row of a cell; none where the map is not divided as the cell's name has it. */
export function rowOf({ rows, customers }: CoverageReport, cell: CellRef): CoverageRow | undefined {
  if ((customers === null) !== (cell.customer === undefined)) return undefined;
  return rows.find(
    ({ application, customer }) =>
      application === cell.application && (customers === null || customer === cell.customer),
  );
}

/** What is shown of one customer: its figures and, as a report of its own, its rows. */
export interface CustomerGroup extends CoverageCustomer {
  report: CoverageReport;
}

/** The groups of a report by customer, in its order. */
export function groupsOf(report: CoverageReport): CustomerGroup[] {
  return (report.customers ?? []).map(({ customer, summary }) => ({
    customer,
    summary,
    report: {
      ...report,
      summary,
      customers: null,
      rows: report.rows.filter((row) => row.customer === customer),
    },
  }));
}

/** So many rows of all groups together are shown at first: what a screen or two hold. */
const ROWS_AT_FIRST = 60;

/** How many groups are open at first, from the worst on; the first always is. */
export function openAtFirst(groups: readonly CustomerGroup[]): number {
  let rows = 0;
  const end = groups.findIndex(({ report }) => {
    rows += report.rows.length;
    return rows > ROWS_AT_FIRST;
  });
  return end < 0 ? groups.length : Math.max(end, 1);
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
