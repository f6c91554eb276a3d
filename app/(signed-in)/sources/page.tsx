import type { Metadata } from "next";
import { SourcesPage } from "../../../components/sources/sources-page.tsx";
import { DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { requireSession } from "../../../lib/auth/session.ts";
import { sourcesReport } from "../../../lib/reports/sources.ts";
import { webDb } from "../../../lib/runtime/web.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function Page() {
  await requireSession();
  return <SourcesPage initial={await sourcesReport(webDb(), DEFAULT_WORKSPACE)} />;
}
