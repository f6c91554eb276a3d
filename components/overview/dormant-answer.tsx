/** Which accounts should not be active, in words. */
import type { ReactNode } from "react";
import { count, plural } from "../format/number.ts";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";
import { StackedBar } from "./stacked-bar.tsx";

export function DormantAnswer({
  report,
  figures,
}: {
  report: OverviewReports["dormant"];
  figures: ReactNode;
}) {
  const { zombie, orphan, dormant, unknown } = report.summary;
  const unused = report.summary["never-used"];
  return (
    <Question
      name="Dormant"
      href="/dormant"
      figures={figures}
      tone={zombie + orphan > 0 ? "bad" : dormant + unused > 0 ? "risk" : "good"}
      answer={
        <>
          <Figure href="/dormant?status=zombie">{plural(zombie, "active account")}</Figure>{" "}
          {zombie === 1 ? "belongs" : "belong"} to people who have left,{" "}
          <Figure href="/dormant?status=orphan">{count(orphan)}</Figure> to nobody known;{" "}
          <Figure href="/dormant?status=dormant">{count(dormant)}</Figure> {dormant === 1 ? "has" : "have"}{" "}
          not been used for {plural(report.days, "day")},{" "}
          <Figure href="/dormant?status=never-used">{count(unused)}</Figure> never.
        </>
      }
    >
      <StackedBar
        label="Active accounts that should not be"
        parts={[
          { word: "Zombie", tone: "bad", size: zombie, href: "/dormant?status=zombie" },
          { word: "Orphan", tone: "bad", size: orphan, href: "/dormant?status=orphan" },
          { word: "Dormant", tone: "risk", size: dormant, href: "/dormant?status=dormant" },
          { word: "Never used", tone: "risk", size: unused, href: "/dormant?status=never-used" },
          { word: "Unknown", tone: "unknown", size: unknown, href: "/dormant#unknown" },
        ]}
      />
    </Question>
  );
}
