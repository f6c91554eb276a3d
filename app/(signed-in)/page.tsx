import { redirect } from "next/navigation";
import { OverviewPage } from "../../components/overview/overview-page.tsx";
import { allowed } from "../../lib/auth/caller.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { isKept } from "../../lib/reports/editions/large.ts";
import { overviewRows } from "../../lib/reports/overview.ts";
import { reportPage } from "../../lib/reports/page.ts";
import { within } from "../../lib/reports/params.ts";
import { reportAtHand } from "../../lib/reports/recent.ts";
import { sourceRows } from "../../lib/reports/sources.ts";
import { whenThere } from "./when-there.tsx";

/** The most urgent causes of failures: more than the page has a use for. */
const MOST_CAUSES = 1_000;

export default async function Page() {
  const { db, workspace, by } = await pageVisit("own");
  // Whoever reviews alone begins with what waits for them.
  if (!allowed(by, "read")) redirect("/reviews");
  const params = within(by, {});
  const head = async <N extends ReportName>(name: N) =>
    (await reportAtHand(db, workspace, name, params)).head;
  return whenThere("/api/v1/reports/overview?limit=1", async () => {
    // The first to be worked out anew reads what the others need; those that are kept need nothing of each other.
    if (!(await isKept(db, workspace, params))) await head("coverage");
    const [coverage, failures, offboarding, dormant, sources] = await Promise.all([
      head("coverage"),
      reportPage(db, workspace, "failures", params, { limit: MOST_CAUSES }),
      head("offboarding"),
      head("dormant"),
      sourceRows(db, workspace),
    ]);
    const reports = { coverage, failures, offboarding, dormant };
    return <OverviewPage reports={{ ...reports, sources, figures: overviewRows(reports) }} />;
  });
}
