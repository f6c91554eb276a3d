import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IdentityPage } from "../../../../components/identity/identity-page.tsx";
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { requireSession } from "../../../../lib/auth/session.ts";
import { identityReport } from "../../../../lib/reports/timeline.ts";
import { webDb } from "../../../../lib/runtime/web.ts";

export const metadata: Metadata = { title: "Person" };

export default async function Page({ params }: { params: Promise<{ subject: string }> }) {
  await requireSession();
  // Pages get the segment as it stands in the address; route handlers get it decoded.
  const subject = decodeURIComponent((await params).subject);
  const report = await identityReport(webDb(), DEFAULT_WORKSPACE, subject);
  if (report === null) notFound();
  return <IdentityPage report={report} />;
}
