"use client";
/** How long steps took, in bands; each bar leads to its rows. */
import type { OffboardingRow } from "../../lib/reports/contract.ts";
import { Bands } from "../ui/bands.tsx";
import { BANDS } from "./choose.ts";

const colourOf = (key: string, own: readonly OffboardingRow[]): string =>
  key === "none" ? "bg-bad hatched" : own.some((row) => row.breached) ? "bg-risk" : "bg-good";

export function Histogram({ rows }: { rows: readonly OffboardingRow[] }) {
  const bars = BANDS.map(({ key, label, has }) => {
    const own = rows.filter(has);
    return { key, label, size: own.length, colour: colourOf(key, own) };
  });
  return <Bands bars={bars} caption="Accounts by time from leaving to end of access" height={132} />;
}
