/** What the page of a shared link shows, read with a connection of the link's own scope. */
import type { Db } from "../../db/client.ts";
import { readWorkspace } from "../../db/queries/workspace.ts";
import type {
  CompletenessReport,
  CoverageReport,
  OffboardingReport,
  OffboardingRow,
} from "../reports/contract.ts";
import { reportPage } from "../reports/page.ts";
import { recentReport } from "../reports/recent.ts";
import { parseTable } from "../reports/table.ts";
import type { Holder } from "./holder.ts";
import { type SharedReviews, sharedReviews } from "./shared-reviews.ts";

/** Open cases that the page lists; the pack has all of them. */
const MOST_OPEN = 50;

export interface Shared extends SharedReviews {
  /** The workspace's name. */
  workspace: string;
  customer: string | null;
  asOf: string;
  /** When the link ends. */
  expiresAt: string;
  completeness: CompletenessReport;
  coverage: CoverageReport;
  offboarding: OffboardingReport;
  /** Accounts of leavers that are still open, those open longest first. */
  open: OffboardingRow[];
}

/** Those still open, the longest first. */
const OPEN = parseTable("offboarding", new URLSearchParams("f.status=open&f.status=failing&sort=-openFor"));

/** @param db sees what the link shows and nothing else. */
export async function readShared(db: Db, workspace: string, holder: Holder): Promise<Shared> {
  const { customer, expiresAt, by } = holder;
  const params = customer === null ? {} : { customer };
  const [about, completeness, coverage, offboarding, reviews] = await Promise.all([
    readWorkspace(db, workspace),
    recentReport(db, workspace, "completeness", params),
    recentReport(db, workspace, "coverage", params),
    reportPage(db, workspace, "offboarding", params, { limit: MOST_OPEN, table: OPEN }),
    sharedReviews(db, workspace, by),
  ]);
  // Each was worked out within the last minutes, and nothing has changed since: the earliest holds for all.
  const [asOf = ""] = [completeness.report, coverage.report, offboarding].map((report) => report.asOf).sort();
  return {
    ...reviews,
    workspace: about.name,
    customer,
    asOf,
    expiresAt,
    completeness: completeness.report,
    coverage: coverage.report,
    offboarding,
    open: offboarding.rows,
  };
}
