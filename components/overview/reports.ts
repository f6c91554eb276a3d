/** What the overview is made of. */
import type { OverviewRow, Reports, SourcesReport } from "../../lib/reports/contract.ts";

export interface OverviewReports extends Pick<Reports, "coverage" | "failures" | "offboarding" | "dormant"> {
  sources: SourcesReport["sources"];
  /** The figures of now. */
  figures: OverviewRow[];
}
