import type { Metadata } from "next";
import { AuditPage } from "../../../components/audit/audit-page.tsx";
import { auditQuery } from "../../../components/audit/audit-query.ts";
import { auditPage } from "../../../lib/auth/audit.ts";
import { auditFilter } from "../../../lib/auth/audit-filter.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { ParamProblem } from "../../../lib/reports/params.ts";
import type { Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Audit log" };

/** As many as one page of the API has when nothing is said. */
const ROWS = 100;

function filterOf(query: string) {
  try {
    return auditFilter(Object.fromEntries(new URLSearchParams(query)));
  } catch (error) {
    if (error instanceof ParamProblem) return null;
    throw error;
  }
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { db, workspace } = await pageVisit("audit");
  const given = await searchParams;
  const query = auditQuery((name) => [given[name]].flat()[0]);
  const filter = filterOf(query);
  const page = filter === null ? null : await auditPage(db, workspace, filter, ROWS);
  return <AuditPage initial={{ now: Date.now(), query, page }} />;
}
