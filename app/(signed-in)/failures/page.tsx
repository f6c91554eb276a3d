import type { Metadata } from "next";
import { FailuresPage } from "../../../components/failures/failures-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Failures" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <FailuresPage initial={await initialReport("failures", searchParams)} />;
}
