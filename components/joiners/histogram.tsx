"use client";
/** How long accounts of joiners took to work, in bands; each bar leads to its rows. */
import type { JoinerRow } from "../../lib/reports/contract.ts";
import { Bands } from "../ui/bands.tsx";
import { BANDS } from "./bands.ts";

export function Histogram({ rows }: { rows: readonly JoinerRow[] }) {
  const bars = BANDS.map(({ key, label, has }) => ({
    key,
    label,
    size: rows.filter(has).length,
    colour: key === "none" ? "hatched bg-risk" : "bg-good",
  }));
  return (
    <Bands
      bars={bars}
      caption="Accounts by time from joining to the first proof that they work"
      height={120}
    />
  );
}
