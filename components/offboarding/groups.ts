/** The groups of the report: their names in the address, and where the row of one leads. Pure. */
import type { OffboardingReport } from "../../lib/reports/contract.ts";
import type { Changes } from "../data/use-address.ts";

export type Grouping = keyof OffboardingReport["groups"];

interface KindOfGroup {
  label: string;
  /** What the address gets to show the rows of the group alone. */
  link: (name: string) => Changes;
}

/** Days of a month `2026-03`, both ends included. */
function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${last}` };
}

export const GROUPINGS = {
  application: { label: "Application", link: (name) => ({ application: name }) },
  department: { label: "Department", link: (name) => ({ department: name }) },
  customer: { label: "Customer", link: (name) => ({ of: name }) },
  month: { label: "Month", link: daysOf },
} as const satisfies Record<Grouping, KindOfGroup>;

/** The grouping that the address names; by application without one. */
export const groupingOf = (name: string | null): Grouping =>
  name !== null && Object.hasOwn(GROUPINGS, name) ? (name as Grouping) : "application";

/** Filters of the address that choose among a report's rows by the group they are in. */
export const GROUP_FILTERS = [
  { name: "department", label: "Department" },
  { name: "of", label: "Customer" },
] as const;
