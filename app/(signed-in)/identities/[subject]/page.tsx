import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IdentityPage } from "../../../../components/identity/identity-page.tsx";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { within } from "../../../../lib/reports/params.ts";
import { identityReport } from "../../../../lib/reports/timeline.ts";
import { segmentText } from "../../../../lib/runtime/segment.ts";
import { whenThere } from "../../when-there.tsx";

export const metadata: Metadata = { title: "Person" };

export default async function Page({ params }: { params: Promise<{ subject: string }> }) {
  const { db, workspace, by } = await pageVisit("read");
  const subject = segmentText((await params).subject);
  return whenThere(`/api/v1/identities/${encodeURIComponent(subject)}`, async () => {
    const report = await identityReport(db, workspace, subject, within(by, {}));
    if (report === null) notFound();
    return <IdentityPage report={report} />;
  });
}
