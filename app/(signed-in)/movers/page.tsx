import type { Metadata } from "next";
import { MoversPage } from "../../../components/movers/movers-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Movers" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <MoversPage initial={await initialReport("movers", searchParams)} />;
}
