import type { Metadata } from "next";
import { AccountsPage } from "../../../components/accounts/accounts-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";

export const metadata: Metadata = { title: "Accounts" };

export default async function Page({ searchParams }: { searchParams: Search }) {
  return <AccountsPage initial={await initialReport("accounts", searchParams)} />;
}
