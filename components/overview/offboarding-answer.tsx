/** How fast leavers lose access, in words. */
import type { ReactNode } from "react";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { slaInWords } from "../offboarding/words.ts";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";
import { StackedBar } from "./stacked-bar.tsx";

export function OffboardingAnswer({
  report,
  figures,
}: {
  report: OverviewReports["offboarding"];
  figures: ReactNode;
}) {
  const { summary } = report;
  const unfinished = summary.open + summary.failing;
  const oldest = summary.oldestOpen;
  const tone =
    summary.accessAfterLeaving + summary.leaversLate > 0 ? "bad" : unfinished > 0 ? "risk" : "good";
  const { p50, p95 } = summary.kaplanMeier;
  const half = p50 === null ? "" : `Half of all accounts are closed within ${duration(p50)}`;
  const most =
    p95 === null
      ? "; so many are open that the time for 95 % is not reached"
      : `, 95 % within ${duration(p95)}`;
  return (
    <Question
      name="Offboarding"
      href="/offboarding"
      figures={figures}
      tone={tone}
      answer={
        summary.leavers === 0 ? (
          "Nobody has left so far."
        ) : (
          <>
            <Figure href="/offboarding?show=done">
              {count(summary.leaversInTime)} of {plural(summary.leavers, "leaver")}
            </Figure>{" "}
            lost all access within {slaInWords(report)};{" "}
            <Figure href="/offboarding?show=unfinished">{plural(unfinished, "account")}</Figure>{" "}
            {unfinished === 1 ? "is" : "are"} still open
            {oldest === null ? "" : `, the oldest for ${duration(oldest)}`}.{" "}
            {summary.accessAfterLeaving === 0 ? null : (
              <span className="font-semibold text-bad">
                <Figure href="/offboarding?show=access">
                  {plural(summary.accessAfterLeaving, "leaver")}
                </Figure>{" "}
                used an access after leaving.
              </span>
            )}
          </>
        )
      }
    >
      {summary.steps === 0 ? null : (
        <StackedBar
          label="Accounts of leavers"
          parts={[
            { word: "In time", tone: "good", size: summary.withinSla, href: "/offboarding?show=inTime" },
            {
              word: "Late",
              tone: "risk",
              size: summary.endedLate,
              href: "/offboarding?show=late",
            },
            { word: "Not ended", tone: "bad", size: unfinished, href: "/offboarding?show=unfinished" },
          ]}
        />
      )}
      {half === "" ? null : (
        <p className="mt-2 text-sm text-soft">
          {half}
          {most}, open cases counted.
        </p>
      )}
    </Question>
  );
}
