"use client";
/** How long steps took, in bands; each bar leads to its rows. */
import type { OffboardingReport } from "../../lib/reports/contract.ts";
import { Bands } from "../ui/bands.tsx";
import { BANDS } from "./choose.ts";

export function Histogram({ took, summary }: Pick<OffboardingReport, "took" | "summary">) {
  const bars = BANDS.map(({ key, label, upTo }) => {
    if (upTo === undefined)
      return { key, label, size: summary.open + summary.failing, colour: "bg-bad hatched" };
    const own = took.find((band) => band.upTo === upTo);
    return { key, label, size: own?.steps ?? 0, colour: (own?.breached ?? 0) > 0 ? "bg-risk" : "bg-good" };
  });
  return <Bands bars={bars} caption="Accounts by time from leaving to end of access" height={132} />;
}
