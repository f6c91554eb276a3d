/** The sentences of a shared page, without a link in them. Pure. */
import type { CompletenessReport, CoverageReport, OffboardingReport } from "../../lib/reports/contract.ts";
import type { SharedReviews } from "../../lib/shares/shared-reviews.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { slaInWords } from "../offboarding/words.ts";

export function completenessWords({ summary }: CompletenessReport): string {
  const { sources, records, rejected, gaps } = summary;
  if (sources === 0) return "No records have come in yet: nothing below is known.";
  const read =
    rejected === 0 ? "every record could be read" : `${plural(rejected, "record")} could not be read`;
  const missing =
    gaps === 0 ? "no gap was found" : `${plural(gaps, "gap")} ${gaps === 1 ? "was" : "were"} found`;
  return `${plural(records, "record")} came in from ${plural(sources, "source")}; ${read}, and ${missing}.`;
}

export function coverageWords({ summary }: CoverageReport): string {
  const { accounts, accountsCovered, applications, uncovered, cells } = summary;
  if (applications === 0) return "No application has been seen.";
  return (
    `${count(accountsCovered)} of ${plural(accounts, "active account")} are where provisioning creates or ends them; ` +
    `${count(uncovered)} of ${plural(applications, "application")} ${uncovered === 1 ? "is" : "are"} in use without any, and ` +
    `${plural(cells.degraded, "capability", "capabilities")} ${cells.degraded === 1 ? "is" : "are"} failing or late.`
  );
}

export function leavingWords(report: OffboardingReport): string {
  const { leavers, leaversInTime, open, failing, accessAfterLeaving, oldestOpen } = report.summary;
  if (leavers === 0) return "Nobody has left.";
  const unfinished = open + failing;
  const still =
    unfinished === 0
      ? "no account is still open."
      : `${plural(unfinished, "account")} ${unfinished === 1 ? "is" : "are"} still open${
          oldestOpen === null ? "" : `, the oldest for ${duration(oldestOpen)}`
        }.`;
  const used =
    accessAfterLeaving === 0 ? "" : ` ${plural(accessAfterLeaving, "leaver")} used an access after leaving.`;
  return `${count(leaversInTime)} of ${plural(leavers, "leaver")} lost all access within ${slaInWords(report)}; ${still}${used}`;
}

export function reviewsWords({ reviews, withOthers }: SharedReviews): string {
  const others =
    withOthers === 0
      ? ""
      : ` ${plural(withOthers, "more review")} ${withOthers === 1 ? "covers" : "cover"} several customers together, and ${withOthers === 1 ? "is" : "are"} not told here.`;
  if (reviews.length === 0)
    return `No access review has been opened${withOthers === 0 ? "" : " of this alone"}.${others}`;
  const sum = (of: (review: SharedReviews["reviews"][number]) => number) =>
    reviews.reduce((all, review) => all + of(review), 0);
  const toDo = sum((review) => review.toDo);
  const left =
    toDo === 0
      ? "nothing that was revoked is left to do"
      : `${plural(toDo, "revoke")} ${toDo === 1 ? "is" : "are"} not shown done`;
  const [decided, all] = [sum((review) => review.decided), sum((review) => review.items)];
  return `${count(decided)} of ${plural(all, "item")} of ${plural(reviews.length, "review")} ${decided === 1 ? "is" : "are"} decided; ${left}.${others}`;
}
