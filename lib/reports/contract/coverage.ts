/** JSON of the coverage report. */
import type { Capability } from "../../lifecycle/types.ts";
import type { TrialKind } from "../../trials/record.ts";
import type { ApplicationSla, IsoTime, ReportBase } from "./base.ts";

export type CoverageState = "automated" | "degraded" | "untested" | "manual" | "none";

/** What a trial of the application has shown of a capability. */
export interface CellTrial {
  kind: TrialKind;
  verdict: "passed" | "failed";
  at: IsoTime;
  eventId: string;
}

export interface CoverageCell {
  state: CoverageState;
  /** Successful provisioning events in the window. */
  successes: number;
  /** Failed provisioning events in the window. */
  failures: number;
  /** Changes in the window that no provisioning event explains. */
  manual: number;
  /** The newest event that shows the state. */
  lastEventAt: IsoTime | null;
  lastEventId: string | null;
  /** Accounts attempted in the window, and those whose last attempt failed. */
  attempted: number;
  leftInFailure: number;
  /** One sentence that says why the state is what it is. */
  why: string;
  /** The newest trial of it; null: none was made. */
  trial: CellTrial | null;
}

export interface CoverageRow {
  application: string;
  cells: Record<Capability, CoverageCell>;
  /** Active accounts. */
  accounts: number;
  /** Distinct people with an active account or a sign-in: those exposed. */
  people: number;
  /** Active accounts that SCIM did not make, and what active accounts hold that it did not grant. */
  notByScim: { accounts: number; entitlements: number };
  /** Accounts or sign-ins were seen, never a provisioning event. */
  uncovered: boolean;
  /** 1 = automate first; by customer, among the customer's applications. */
  rank: number;
  /** Whose sources alone this was worked out from; null: everybody's or, by customer, those of no customer. */
  customer: string | null;
}

export interface CoverageSummary {
  applications: number;
  uncovered: number;
  cells: Record<CoverageState, number>;
  accounts: number;
  /** Active accounts in applications with at least one automated capability of joiner and leaver. */
  accountsCovered: number;
  /** Distinct people with an active account or a sign-in at any of the applications. */
  people: number;
}

/** What the report of one customer says in sum. */
export interface CoverageCustomer {
  /** Null: the sources that belong to no customer. */
  customer: string | null;
  summary: CoverageSummary;
}

export interface CoverageReport extends ReportBase {
  window: { from: IsoTime; to: IsoTime; days: number };
  /** By customer: the sums over all customers; what several of them have counts once for each. */
  summary: CoverageSummary;
  /** By customer: each with its own figures, the worst first, as the rows are. Null: not by customer. */
  customers: CoverageCustomer[] | null;
  /** The SLAs for leavers that were used beside `settings.slaHours`. */
  slas: ApplicationSla[];
  rows: CoverageRow[];
}
