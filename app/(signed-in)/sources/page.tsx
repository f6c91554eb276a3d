import type { Metadata } from "next";
import { SourcesPage } from "../../../components/sources/sources-page.tsx";
import { allowed } from "../../../lib/auth/caller.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { connectorsReport } from "../../../lib/connectors/list-connectors.ts";
import { sourcesReport } from "../../../lib/reports/sources.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function Page() {
  const { db, workspace, by } = await pageVisit("read");
  // They belong to the workspace: whoever sees one customer sees none.
  const [sources, live] = await Promise.all([
    sourcesReport(db, workspace),
    allowed(by, "workspace") ? connectorsReport(db, workspace) : null,
  ]);
  return <SourcesPage initial={sources} live={live} />;
}
