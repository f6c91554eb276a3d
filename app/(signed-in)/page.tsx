import { OverviewPage } from "../../components/overview/overview-page.tsx";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { requireSession } from "../../lib/auth/session.ts";
import { loadModel } from "../../lib/reports/model.ts";
import { reportOf } from "../../lib/reports/run.ts";
import { sourcesReport } from "../../lib/reports/sources.ts";
import { webDb } from "../../lib/runtime/web.ts";

export default async function Page() {
  await requireSession();
  const model = await loadModel(webDb(), DEFAULT_WORKSPACE, {});
  const { sources } = await sourcesReport(webDb(), DEFAULT_WORKSPACE);
  const reports = {
    coverage: reportOf("coverage", model, {}),
    failures: reportOf("failures", model, {}),
    offboarding: reportOf("offboarding", model, {}),
    dormant: reportOf("dormant", model, {}),
    sources,
  };
  return <OverviewPage reports={reports} />;
}
