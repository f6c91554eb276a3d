import type { Metadata } from "next";
import { OffboardingPage } from "../../../components/offboarding/offboarding-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Offboarding" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <OffboardingPage initial={await initialReport("offboarding", searchParams)} />;
}
