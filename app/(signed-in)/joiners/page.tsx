import type { Metadata } from "next";
import { JoinersPage } from "../../../components/joiners/joiners-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Joiners" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <JoinersPage initial={await initialReport("joiners", searchParams)} />;
}
