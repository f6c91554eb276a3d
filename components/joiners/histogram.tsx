"use client";
/** How long accounts of joiners took to work, in bands; each bar leads to its rows. */
import type { JoinersReport } from "../../lib/reports/contract.ts";
import { Bands } from "../ui/bands.tsx";
import { BANDS } from "./bands.ts";

export function Histogram({ took, summary }: Pick<JoinersReport, "took" | "summary">) {
  const bars = BANDS.map(({ key, label, upTo }) => ({
    key,
    label,
    size:
      upTo === undefined
        ? summary.open + summary.failing
        : (took.find((band) => band.upTo === upTo)?.steps ?? 0),
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
