import type { Metadata } from "next";
import { DormantPage } from "../../../components/dormant/dormant-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";
import { followOld } from "../old-address.ts";

export const metadata: Metadata = { title: "Dormant" };

const OLD = {
  status: {
    zombie: [["f.status", "zombie"]],
    orphan: [["f.status", "orphan"]],
    dormant: [["f.status", "dormant"]],
    "never-used": [["f.status", "never-used"]],
  },
} as const;

export default async function Page({ searchParams }: { searchParams: Search }) {
  await followOld("/dormant", searchParams, OLD);
  const [initial, rows] = await Promise.all([
    initialReport("dormant", searchParams, "few"),
    initialRows("dormant", searchParams),
  ]);
  return <DormantPage initial={initial} rows={rows} />;
}
