import type { Metadata } from "next";
import { OffboardingPage } from "../../../components/offboarding/offboarding-page.tsx";
import { stepFilters } from "../../../components/offboarding/row-filters.ts";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";

export const metadata: Metadata = { title: "Offboarding" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const [initial, rows] = await Promise.all([
    initialReport("offboarding", searchParams, "few"),
    initialRows("offboarding", searchParams, stepFilters),
  ]);
  return <OffboardingPage initial={initial} rows={rows} />;
}
