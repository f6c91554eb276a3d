import type { Metadata } from "next";
import { CoveragePage } from "../../../components/coverage/coverage-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Coverage" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <CoveragePage initial={await initialReport("coverage", searchParams)} />;
}
