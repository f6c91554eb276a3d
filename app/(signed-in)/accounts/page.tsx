import type { Metadata } from "next";
import { AccountsPage } from "../../../components/accounts/accounts-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";
import { followOld } from "../old-address.ts";

export const metadata: Metadata = { title: "Accounts" };

const OLD = { active: { yes: [["f.active", "true"]], no: [["f.active", "false"]] } } as const;

export default async function Page({ searchParams }: { searchParams: Search }) {
  await followOld("/accounts", searchParams, OLD);
  const [initial, rows] = await Promise.all([
    initialReport("accounts", searchParams, "few"),
    initialRows("accounts", searchParams),
  ]);
  return <AccountsPage initial={initial} rows={rows} />;
}
