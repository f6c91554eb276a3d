import type { Metadata } from "next";
import { DormantPage } from "../../../components/dormant/dormant-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Dormant" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <DormantPage initial={await initialReport("dormant", searchParams)} />;
}
