/** JSON of the plan: what to automate next, and why. */
import type { Capability } from "../../lifecycle/types.ts";
import type { CoverageState } from "./coverage.ts";

/** A capability that provisioning does not carry. */
export interface PlanGap {
  capability: Capability;
  state: CoverageState;
  why: string;
  /** The newest event that shows it; null where nothing was ever seen. */
  eventId: string | null;
}

export interface PlanRow {
  /** 1 = first, as the coverage report ranks. */
  rank: number;
  application: string;
  /** One sentence: what to do. */
  what: string;
  /** One sentence: why here, and why now. */
  why: string;
  /** Changes in the window that provisioning would have made. */
  manualChanges: number;
  people: number;
  accounts: number;
  accountsNotByScim: number;
  entitlementsNotByScim: number;
  missing: PlanGap[];
}
