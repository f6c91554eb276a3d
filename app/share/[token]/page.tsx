/** /share/…: what a shared link shows, for whoever has it. No session, no navigation, nothing to change. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SharePage } from "../../../components/share/share-page.tsx";
import { readShared } from "../../../lib/shares/read-shared.ts";
import { viewShare } from "../../../lib/shares/view-share.ts";
import { shareVisit } from "../../../lib/shares/visit.ts";

export const metadata: Metadata = {
  title: "Shared",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const visit = await shareVisit(token);
  const holder = visit && (await viewShare(visit.db, visit.workspace, token, visit.address));
  if (visit === null || holder === null) notFound();
  const shared = await readShared(visit.scoped(holder.customer), visit.workspace, holder);
  return <SharePage shared={shared} secret={token} />;
}
