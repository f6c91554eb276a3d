/** Is everything as it should be? */

import type { OverviewQuestion } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { CoverageAnswer } from "./coverage-answer.tsx";
import { DormantAnswer } from "./dormant-answer.tsx";
import { FailuresAnswer } from "./failures-answer.tsx";
import { Changes, ChangesSince } from "./figures-with-change.tsx";
import { FirstRun } from "./first-run.tsx";
import { OffboardingAnswer } from "./offboarding-answer.tsx";
import type { OverviewReports } from "./reports.ts";
import { SourcesAnswer } from "./sources-answer.tsx";

/** What a person must look at today, in one sentence. */
function Headline({ reports }: { reports: OverviewReports }) {
  const { offboarding, failures, dormant } = reports;
  const matters = [
    [
      offboarding.summary.accessAfterLeaving,
      "leaver used an access after leaving",
      "leavers used an access after leaving",
    ],
    [
      offboarding.summary.leaversLate,
      "leaver lost access late or not yet",
      "leavers lost access late or not yet",
    ],
    [failures.summary.open, "cause of failures is open", "causes of failures are open"],
    [
      dormant.summary.zombie,
      "account of somebody who left is active",
      "accounts of people who left are active",
    ],
  ] as const;
  const found = matters.filter(([size]) => size > 0).map(([size, one, many]) => plural(size, one, many));
  if (found.length === 0) return <>Nothing on record contradicts the source of truth.</>;
  const last = found.pop();
  return <>{found.length === 0 ? last : `${found.join(", ")} and ${last}`}.</>;
}

export function OverviewPage({ reports }: { reports: OverviewReports }) {
  const { sources, coverage, figures } = reports;
  const changes = (question: OverviewQuestion) => (
    <Changes rows={figures} question={question} asOf={coverage.asOf} />
  );
  if (sources.length === 0) return <FirstRun />;
  return (
    <>
      <Answer title="Overview">
        <Headline reports={reports} />
      </Answer>
      <ChangesSince asOf={coverage.asOf} />
      <CoverageAnswer report={coverage} figures={changes("coverage")} />
      <OffboardingAnswer report={reports.offboarding} figures={changes("offboarding")} />
      <FailuresAnswer report={reports.failures} figures={changes("failures")} />
      <DormantAnswer report={reports.dormant} figures={changes("accounts")} />
      <SourcesAnswer sources={sources} asOf={coverage.asOf} figures={changes("evidence")} />
    </>
  );
}
