/** What all answers rest on, in words. */
import type { ReactNode } from "react";
import { count, plural } from "../format/number.ts";
import { Ago, Moment } from "../ui/when.tsx";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";

export function SourcesAnswer({
  sources,
  asOf,
  figures,
}: {
  sources: OverviewReports["sources"];
  asOf: string;
  figures: ReactNode;
}) {
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0);
  const gaps = sources.flatMap((source) => source.gaps);
  const lost = gaps.some((gap) => gap.kind === "retention");
  return (
    <Question
      name="Sources"
      href="/sources"
      figures={figures}
      tone={lost ? "bad" : rejected + gaps.length > 0 ? "risk" : "good"}
      answer={
        <>
          All this rests on <Figure href="/sources">{plural(records, "record")}</Figure> of{" "}
          {plural(sources.length, "source")};{" "}
          {rejected === 0 ? (
            "every one could be read."
          ) : (
            <>
              <Figure href="/sources#rejected">{count(rejected)}</Figure> could not be read.
            </>
          )}{" "}
          {gaps.length === 0 ? null : (
            <>
              Events are likely to be missing in{" "}
              <Figure href="/sources#gaps">{plural(gaps.length, "gap")}</Figure>.{" "}
            </>
          )}
          As of <Moment at={asOf} />.
        </>
      }
    >
      <ul className="space-y-1 text-sm">
        {sources.map((source) => (
          <li key={source.id} className="flex justify-between gap-4">
            <span className="truncate">{source.source}</span>
            <span className="text-soft whitespace-nowrap">
              {plural(source.records, "record")}
              {source.gaps.length === 0 ? null : <>, {plural(source.gaps.length, "gap")}</>}
              {source.lastEventAt === null ? null : (
                <>
                  {" "}
                  up to <Ago at={source.lastEventAt} asOf={asOf} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Question>
  );
}
