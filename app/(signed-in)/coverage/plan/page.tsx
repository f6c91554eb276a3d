import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PlanPage } from "../../../../components/coverage/plan-page.tsx";
import { planRows } from "../../../../lib/reports/plan.ts";
import { initialReport, type Search } from "../../initial-report.ts";

export const metadata: Metadata = { title: "Automation plan" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  // A plan ranks applications; those of one customer with `customer`.
  const { by: _, ...search } = await searchParams;
  const { query, report } = await initialReport("coverage", Promise.resolve(search));
  if (report === null) notFound();
  return <PlanPage plan={planRows(report)} report={report} query={query} />;
}
