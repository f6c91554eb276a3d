import type { Metadata } from "next";
import { MoversPage } from "../../../components/movers/movers-page.tsx";
import { initialReport, type Search } from "../initial-report.ts";
import { initialRows } from "../initial-rows.ts";
import { followOld } from "../old-address.ts";

export const metadata: Metadata = { title: "Movers" };

const OLD = {
  state: { closed: [["f.status", "closed"]] },
  kind: {
    drift: [["f.kind", "!=outside"]],
    outside: [["f.kind", "outside"]],
    group: [["f.kind", "group"]],
    department: [["f.kind", "department"]],
    title: [["f.kind", "title"]],
  },
} as const;

export default async function Page({ searchParams }: { searchParams: Search }) {
  await followOld("/movers", searchParams, OLD);
  const [initial, rows] = await Promise.all([
    initialReport("movers", searchParams, (await searchParams).view === "moves" ? "many" : "few"),
    initialRows("movers", searchParams),
  ]);
  return <MoversPage initial={initial} rows={rows} />;
}
