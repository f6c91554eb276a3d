/** What the answer rests on, at the foot of each report: which sources, up to when, what could not be read. */
import Link from "next/link";
import type { ReportBase, SourceCompleteness } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { GapText } from "./gap-text.tsx";
import { StateMark } from "./state-mark.tsx";
import { Ago, Moment } from "./when.tsx";

const SHOWN = 3;

/** What is missing, in words; the sources page has all of it. */
function Gaps({ sources }: { sources: readonly SourceCompleteness[] }) {
  const all = sources.flatMap(({ source, gaps }) => gaps.map((gap) => ({ source, gap })));
  if (all.length === 0) return <> No gap was found.</>;
  return (
    <ul className="mt-1">
      {all.slice(0, SHOWN).map(({ source, gap }) => (
        <li key={`${source} ${gap.kind} ${gap.from} ${gap.to}`} title={gap.why}>
          <span className="mr-1 inline-block">
            <StateMark tone="risk" size={9} />
          </span>
          {source}: <GapText gap={gap} />.
        </li>
      ))}
      {all.length > SHOWN ? (
        <li>
          <Link href="/sources#gaps" className="figure">
            {plural(all.length - SHOWN, "more gap")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}

/** What others did in the last moments may be missing; what the reader did is there. */
function Replica({ seconds }: { seconds: number }) {
  return (
    <> Told by the replica, which {seconds === 0 ? "has all" : `is ${plural(seconds, "second")} behind`}.</>
  );
}

export function Completeness({ report }: { report: ReportBase }) {
  const { sources, rejected } = report.completeness;
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  return (
    <footer className="mt-8 border-t border-line pt-3 text-xs text-soft">
      As of <Moment at={report.asOf} />, from{" "}
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
      <Gaps sources={sources} />
      {report.replica === undefined ? null : <Replica seconds={report.replica.behindSeconds} />}
      {report.renewing
        ? " Something has changed since: it is being worked out anew, and this page follows."
        : null}
    </footer>
  );
}
