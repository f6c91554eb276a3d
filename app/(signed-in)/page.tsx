import { redirect } from "next/navigation";
import { OverviewPage } from "../../components/overview/overview-page.tsx";
import { ReportsPending } from "../../components/ui/reports-pending.tsx";
import { allowed } from "../../lib/auth/caller.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { ReportPending } from "../../lib/reports/editions/pending.ts";
import { overviewRows } from "../../lib/reports/overview.ts";
import { reportPage } from "../../lib/reports/page.ts";
import { within } from "../../lib/reports/params.ts";
import { reportAtHand } from "../../lib/reports/recent.ts";
import { sourcesReport } from "../../lib/reports/sources.ts";

/** The most urgent causes of failures: more than the page has a use for. */
const MOST_CAUSES = 1_000;

export default async function Page() {
  const { db, workspace, by } = await pageVisit("own");
  // Whoever reviews alone begins with what waits for them.
  if (!allowed(by, "read")) redirect("/reviews");
  const params = within(by, {});
  const head = async <N extends ReportName>(name: N) =>
    (await reportAtHand(db, workspace, name, params)).head;
  try {
    // One after another: the first to be worked out anew reads what the others need.
    const reports = {
      coverage: await head("coverage"),
      failures: await reportPage(db, workspace, "failures", params, { limit: MOST_CAUSES }),
      offboarding: await head("offboarding"),
      dormant: await head("dormant"),
    };
    const { sources } = await sourcesReport(db, workspace);
    return <OverviewPage reports={{ ...reports, sources, figures: overviewRows(reports) }} />;
  } catch (error) {
    if (error instanceof ReportPending) return <ReportsPending message={error.message} />;
    throw error;
  }
}
