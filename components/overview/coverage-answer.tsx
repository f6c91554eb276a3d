/** What provisioning carries, in words. */
import type { ReactNode } from "react";
import { count, plural } from "../format/number.ts";
import { COVERAGE_STATES, COVERAGE_WORDS } from "../format/words.ts";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";
import { StackedBar } from "./stacked-bar.tsx";

export function CoverageAnswer({
  report,
  figures,
}: {
  report: OverviewReports["coverage"];
  figures: ReactNode;
}) {
  const { accounts, accountsCovered, uncovered, applications, cells } = report.summary;
  return (
    <Question
      name="Coverage"
      href="/coverage"
      figures={figures}
      tone={cells.degraded > 0 || uncovered > 0 ? "risk" : "good"}
      answer={
        <>
          <Figure href="/coverage">
            {count(accountsCovered)} of {plural(accounts, "active account")}
          </Figure>{" "}
          are where provisioning creates or ends them;{" "}
          <Figure href="/coverage?state=uncovered">
            {count(uncovered)} of {plural(applications, "application")}
          </Figure>{" "}
          {uncovered === 1 ? "is" : "are"} in use without any.
        </>
      }
    >
      <StackedBar
        label="Capabilities of all applications by state"
        parts={COVERAGE_STATES.map((state) => ({
          ...COVERAGE_WORDS[state],
          size: cells[state],
          href: `/coverage?state=${state}`,
        }))}
      />
    </Question>
  );
}
