import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IdentityPage } from "../../../../components/identity/identity-page.tsx";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { within } from "../../../../lib/reports/params.ts";
import { identityReport } from "../../../../lib/reports/timeline.ts";

export const metadata: Metadata = { title: "Person" };

export default async function Page({ params }: { params: Promise<{ subject: string }> }) {
  const { db, workspace, by } = await pageVisit("read");
  // Pages get the segment as it stands in the address; route handlers get it decoded.
  const subject = decodeURIComponent((await params).subject);
  const report = await identityReport(db, workspace, subject, within(by, {}));
  if (report === null) notFound();
  return <IdentityPage report={report} />;
}
