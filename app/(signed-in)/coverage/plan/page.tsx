import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PlanPage } from "../../../../components/coverage/plan-page.tsx";
import { planRows } from "../../../../lib/reports/plan.ts";
import { initialReport, type Search } from "../../initial-report.ts";

export const metadata: Metadata = { title: "Automation plan" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { query, report } = await initialReport("coverage", searchParams);
  if (report === null) notFound();
  return <PlanPage plan={planRows(report)} report={report} query={query} />;
}
