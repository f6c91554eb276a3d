import type { Metadata } from "next";
import { joinerFilters } from "../../../components/joiners/bands.ts";
import { JoinersPage } from "../../../components/joiners/joiners-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";

export const metadata: Metadata = { title: "Joiners" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  const [initial, rows] = await Promise.all([
    initialReport("joiners", searchParams, "few"),
    initialRows("joiners", searchParams, joinerFilters),
  ]);
  return <JoinersPage initial={initial} rows={rows} />;
}
