/** What all answers rest on, in words. */
import { count, plural } from "../format/number.ts";
import { dayAndTime } from "../format/time.ts";
import { Ago } from "../ui/when.tsx";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";

export function SourcesAnswer({ sources, asOf }: { sources: OverviewReports["sources"]; asOf: string }) {
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0);
  return (
    <Question
      name="Sources"
      href="/sources"
      tone={rejected > 0 ? "risk" : "good"}
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
          As of {dayAndTime(asOf)}.
        </>
      }
    >
      <ul className="space-y-1 text-sm">
        {sources.map((source) => (
          <li key={source.id} className="flex justify-between gap-4">
            <span className="truncate">{source.source}</span>
            <span className="text-soft whitespace-nowrap">
              {plural(source.records, "record")}
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
