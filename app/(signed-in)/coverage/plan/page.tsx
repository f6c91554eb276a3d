import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PlanPage } from "../../../../components/coverage/plan-page.tsx";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { within } from "../../../../lib/reports/params.ts";
import { planRows } from "../../../../lib/reports/plan.ts";
import { reportAtHand } from "../../../../lib/reports/recent.ts";
import { initialReport, type Search } from "../../initial-report.ts";
import { whenThere } from "../../when-there.tsx";

export const metadata: Metadata = { title: "Automation plan" };

/** Either it is being worked out, or the address asks for something that there is none of. */
async function notThere(): Promise<never> {
  const { db, workspace, by } = await pageVisit("read");
  await reportAtHand(db, workspace, "coverage", within(by, {}));
  notFound();
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  // A plan ranks applications; those of one customer with `customer`.
  const { by: _, ...search } = await searchParams;
  const { query, report } = await initialReport("coverage", Promise.resolve(search));
  if (report === null) return whenThere("/api/v1/reports/coverage?limit=1", notThere);
  return <PlanPage plan={planRows(report)} report={report} query={query} />;
}
