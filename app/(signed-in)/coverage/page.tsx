import type { Metadata } from "next";
import { CoveragePage } from "../../../components/coverage/coverage-page.tsx";
import { readCustomers } from "../../../db/queries/sources.ts";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Coverage" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { db, workspace, by } = await pageVisit("read");
  // Somebody of one customer has nothing to choose from.
  const customers = by.customer === null ? await readCustomers(db, workspace) : [];
  return <CoveragePage initial={await initialReport("coverage", searchParams)} customers={customers} />;
}
