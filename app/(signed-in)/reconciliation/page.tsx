import type { Metadata } from "next";
import { ReconciliationPage } from "../../../components/reconciliation/reconciliation-page.tsx";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { deskOf } from "../failures/desk.ts";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";

export const metadata: Metadata = { title: "Reconciliation" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const desk = await deskOf(await pageVisit("read"));
  const [initial, rows] = await Promise.all([
    initialReport("reconciliation", searchParams, "few"),
    initialRows("reconciliation", searchParams),
  ]);
  return <ReconciliationPage initial={initial} rows={rows} desk={desk} />;
}
