import type { Metadata } from "next";
import { SharesPage } from "../../../components/shares/shares-page.tsx";
import { readCustomers } from "../../../db/queries/sources.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { listShares } from "../../../lib/shares/list-shares.ts";

export const metadata: Metadata = { title: "Sharing" };

export default async function Page() {
  const { db, workspace, by } = await pageVisit("share");
  return (
    <SharesPage
      initial={await listShares(db, workspace, by)}
      customers={await readCustomers(db, workspace)}
    />
  );
}
