/** What the answer rests on, at the foot of each report: which sources, up to when, what could not be read. */
import Link from "next/link";
import type { ReportBase } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { dayAndTime } from "../format/time.ts";
import { Ago } from "./when.tsx";

export function Completeness({ report }: { report: ReportBase }) {
  const { sources, rejected } = report.completeness;
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  return (
    <footer className="mt-8 border-t border-line pt-3 text-xs text-soft">
      As of {dayAndTime(report.asOf)}, from{" "}
      <Link href="/sources" className="figure">
        {count(records)} records of {plural(sources.length, "source")}
      </Link>
      {sources.map(({ source, lastEventAt }, i) => (
        <span key={source}>
          {i === 0 ? ": " : ", "}
          {source}{" "}
          {lastEventAt === null ? (
            "without an event"
          ) : (
            <>
              up to <Ago at={lastEventAt} asOf={report.asOf} />
            </>
          )}
        </span>
      ))}
      .{" "}
      {rejected === 0 ? (
        "Every record could be read."
      ) : (
        <Link href="/sources#rejected" className="figure">
          {plural(rejected, "record")} could not be read.
        </Link>
      )}
    </footer>
  );
}
