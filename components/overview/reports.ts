/** What the overview is made of. */
import type { Reports, SourcesReport } from "../../lib/reports/contract.ts";

export interface OverviewReports extends Omit<Reports, "accounts"> {
  sources: SourcesReport["sources"];
}
