/**
 * The reports' JSON: what the command line, the HTTP API, the pages and the evidence pack all carry.
 * Times are ISO 8601 UTC, durations whole seconds. Fields are added, never renamed or removed.
 */
import type { AccountsReport, DormantReport } from "./contract/accounts.ts";
import type { JoinersReport, MoversReport } from "./contract/careers.ts";
import type { CoverageReport } from "./contract/coverage.ts";
import type { FailuresReport } from "./contract/failures.ts";
import type { OffboardingReport } from "./contract/offboarding.ts";
import type { OverviewReport } from "./contract/overview.ts";
import type { ReconciliationReport } from "./contract/reconciliation.ts";
import type { CompletenessReport } from "./contract/sources.ts";

export type { Capability, DifferenceKind, DriftKind, LeaverTrigger, Provenance } from "../lifecycle/types.ts";
export type * from "./contract/accounts.ts";
export type * from "./contract/application.ts";
export type * from "./contract/base.ts";
export type * from "./contract/careers.ts";
export type * from "./contract/connectors.ts";
export type * from "./contract/coverage.ts";
export type * from "./contract/failures.ts";
export type * from "./contract/identity.ts";
export type * from "./contract/jobs.ts";
export type * from "./contract/leaving.ts";
export type * from "./contract/offboarding.ts";
export type * from "./contract/overview.ts";
export type * from "./contract/plan.ts";
export type * from "./contract/reconciliation.ts";
export type * from "./contract/sources.ts";
export type * from "./contract/timeline.ts";

export interface Reports {
  coverage: CoverageReport;
  failures: FailuresReport;
  offboarding: OffboardingReport;
  dormant: DormantReport;
  accounts: AccountsReport;
  joiners: JoinersReport;
  movers: MoversReport;
  reconciliation: ReconciliationReport;
  completeness: CompletenessReport;
  overview: OverviewReport;
}
export type ReportName = keyof Reports;

/** What can be asked of any report; each uses what concerns it. Instants in milliseconds. */
export interface ReportParams {
  asOf?: number | undefined;
  from?: number | undefined;
  to?: number | undefined;
  days?: number | undefined;
  application?: string | undefined;
  customer?: string | undefined;
  /** Coverage: a report for each customer, in one. */
  by?: "customer" | undefined;
}
