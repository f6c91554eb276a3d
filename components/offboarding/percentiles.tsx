/** Median and 95th percentile, counted both ways: what has ended alone, and with the open cases and their limits. */

import type { OffboardingReport } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { percentileInWords } from "./words.ts";

const told = (seconds: number | null): string => (seconds === null ? "not reached" : duration(seconds));

export function Percentiles({ summary }: { summary: OffboardingReport["summary"] }) {
  const { naive, kaplanMeier, bands } = summary;
  return (
    <div className="min-w-0">
      <TableFrame
        scrolling="Percentiles"
        heads={["Counted", { head: "Half within", number: true }, { head: "95 % within", number: true }]}
      >
        <tr>
          <th scope="row">With open cases (Kaplan–Meier)</th>
          <td className="number font-medium">{percentileInWords(kaplanMeier.p50, bands.p50)}</td>
          <td className="number font-medium">{percentileInWords(kaplanMeier.p95, bands.p95)}</td>
        </tr>
        <tr>
          <th scope="row" className="text-soft">
            Ended ones only, which flatters
          </th>
          <td className="number text-soft">{told(naive.p50)}</td>
          <td className="number text-soft">{told(naive.p95)}</td>
        </tr>
      </TableFrame>
      <p className="mt-2 text-sm text-soft">In brackets: where the true value lies with 95 % confidence.</p>
    </div>
  );
}
