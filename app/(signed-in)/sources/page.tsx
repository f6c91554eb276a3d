import type { Metadata } from "next";
import { SourcesPage } from "../../../components/sources/sources-page.tsx";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { sourcesReport } from "../../../lib/reports/sources.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function Page() {
  const { db, workspace } = await pageVisit("read");
  return <SourcesPage initial={await sourcesReport(db, workspace)} />;
}
