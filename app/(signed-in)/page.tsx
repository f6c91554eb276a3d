import { redirect } from "next/navigation";
import { OverviewPage } from "../../components/overview/overview-page.tsx";
import { allowed } from "../../lib/auth/caller.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import { loadModel } from "../../lib/reports/model.ts";
import { overviewRows } from "../../lib/reports/overview.ts";
import { within } from "../../lib/reports/params.ts";
import { reportOf } from "../../lib/reports/run.ts";
import { sourcesReport } from "../../lib/reports/sources.ts";

export default async function Page() {
  const { db, workspace, by } = await pageVisit("own");
  // Whoever reviews alone begins with what waits for them.
  if (!allowed(by, "read")) redirect("/reviews");
  const model = await loadModel(db, workspace, within(by, {}));
  const { sources } = await sourcesReport(db, workspace);
  const reports = {
    coverage: reportOf("coverage", model, {}),
    failures: reportOf("failures", model, {}),
    offboarding: reportOf("offboarding", model, {}),
    dormant: reportOf("dormant", model, {}),
  };
  return <OverviewPage reports={{ ...reports, sources, figures: overviewRows(reports) }} />;
}
