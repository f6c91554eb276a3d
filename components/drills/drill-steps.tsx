/** The steps of a trial: what was tried, how it went, and what was seen. */
import type { TrialStep } from "../../lib/trials/record.ts";
import { capital, type Word } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { latency } from "./trend.ts";

export const VERDICT_WORDS: Record<TrialStep["verdict"], Word> = {
  passed: { word: "Passed", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  skipped: { word: "Left out", tone: "none" },
};

export function DrillSteps({ steps, label }: { steps: readonly TrialStep[]; label: string }) {
  return (
    <TableFrame
      scrolling={label}
      heads={["Step", "Verdict", { head: "Showed after", number: true }, "What was seen", "Asked for by"]}
    >
      {steps.map(({ name, verdict, latencyMs, said, requirement }) => (
        <tr key={name}>
          <th scope="row" className="whitespace-nowrap">
            {capital(name)}
          </th>
          <td>
            <State {...VERDICT_WORDS[verdict]} />
          </td>
          <td className="number whitespace-nowrap">{latencyMs === null ? "–" : latency(latencyMs)}</td>
          <td className="min-w-56 [overflow-wrap:anywhere]">{said}</td>
          <td className="whitespace-nowrap text-soft">{requirement ?? "–"}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
