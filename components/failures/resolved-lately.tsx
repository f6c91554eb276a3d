"use client";
/** What later successes have mended in the last seven days, without anybody deciding it. */
import type { FailuresReport } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { capital } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { resolvedLately, whatOf } from "./choose.ts";

export function ResolvedLately({ report, onOpen }: { report: FailuresReport; onOpen: (id: string) => void }) {
  const lately = resolvedLately(report.rows, report.asOf);
  return (
    <section aria-labelledby="resolved-lately" className="mt-8">
      <h2 id="resolved-lately" className="mb-2">
        {plural(lately.length, "cause")} resolved by {lately.length === 1 ? "itself" : "themselves"} in the
        last 7 days
      </h2>
      <ul className="space-y-1 text-sm">
        {lately.map(({ row, at }) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-2">
            <StateMark tone="good" size={9} />
            <button type="button" className="link" onClick={() => onOpen(row.id)}>
              {whatOf(row)}
            </button>
            <span className="text-soft">
              {capital(row.errorClass)}, {plural(row.affected, "account")}, <Ago at={at} asOf={report.asOf} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
