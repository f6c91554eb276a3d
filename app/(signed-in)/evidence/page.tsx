import type { Metadata } from "next";
import { EvidencePage } from "../../../components/evidence/evidence-page.tsx";
import { readCustomers } from "../../../db/queries/sources.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { listPacks } from "../../../lib/packs/list-packs.ts";
import { packsFolder } from "../../../lib/packs/pack-files.ts";
import { ifThere } from "../../../lib/reports/editions/pending.ts";
import { reportAtHand } from "../../../lib/reports/recent.ts";

export const metadata: Metadata = { title: "Evidence" };

export default async function Page() {
  const { db, workspace, by } = await pageVisit("evidence");
  const params = by.customer === null ? {} : { customer: by.customer };
  const [initial, coverage, customers] = await Promise.all([
    listPacks(db, workspace, by, packsFolder()),
    ifThere(reportAtHand(db, workspace, "coverage", params)),
    readCustomers(db, workspace),
  ]);
  return <EvidencePage initial={initial} applications={coverage?.applications ?? []} customers={customers} />;
}
