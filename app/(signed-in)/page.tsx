import { redirect } from "next/navigation";
import { OverviewPage } from "../../components/overview/overview-page.tsx";
import { allowed } from "../../lib/auth/caller.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { overviewRows } from "../../lib/reports/overview.ts";
import { within } from "../../lib/reports/params.ts";
import { recentReport } from "../../lib/reports/recent.ts";
import { sourcesReport } from "../../lib/reports/sources.ts";

export default async function Page() {
  const { db, workspace, by } = await pageVisit("own");
  // Whoever reviews alone begins with what waits for them.
  if (!allowed(by, "read")) redirect("/reviews");
  const recent = async <N extends ReportName>(name: N) =>
    (await recentReport(db, workspace, name, within(by, {}))).report;
  // One after another: the first to be worked out anew reads what the others need.
  const reports = {
    coverage: await recent("coverage"),
    failures: await recent("failures"),
    offboarding: await recent("offboarding"),
    dormant: await recent("dormant"),
  };
  const { sources } = await sourcesReport(db, workspace);
  return <OverviewPage reports={{ ...reports, sources, figures: overviewRows(reports) }} />;
}
