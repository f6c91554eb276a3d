/** The answers as a few large figures. */
import type { PackDigest } from "../digest.ts";
import type { Tone } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { count, counted, share, withinWords } from "./words.ts";

const tone = (bad: number, kind: "bad" | "risk" = "bad"): Tone => (bad > 0 ? kind : "good");

export function answersSection(sheet: Sheet, digest: PackDigest): void {
  const { coverage, offboarding, failures, dormant, completeness } = digest;
  const { summary } = offboarding;
  const unowned = dormant.summary.zombie + dormant.summary.orphan;
  sheet.heading("The answers");
  if (completeness.summary.records === 0) {
    sheet.paragraph("There are no records, so there are no figures.", { tone: "soft" });
    return;
  }
  sheet.figures([
    {
      value: share(coverage.summary.accountsCovered, coverage.summary.accounts),
      label: `of ${counted(coverage.summary.accounts, "active account")} are where joining or leaving is automated`,
    },
    {
      value: `${count(summary.leaversDone)} of ${count(summary.leavers)}`,
      label: "leavers have no access left open",
      tone: tone(summary.leavers - summary.leaversDone),
    },
    {
      value: count(summary.accessAfterLeaving),
      label: "leavers used access after they left",
      tone: tone(summary.accessAfterLeaving),
    },
    {
      value: count(failures.summary.open),
      label: `causes of failed provisioning are open, ${counted(failures.summary.openItems, "account")} behind them`,
      tone: tone(failures.summary.open, "risk"),
    },
    {
      value: count(unowned),
      label: "active accounts belong to somebody who has left, or to nobody",
      tone: tone(unowned),
    },
  ]);
  sheet.paragraph(
    summary.steps === 0
      ? "Nobody with an account or credential has left in the period."
      : `Access of leavers: ${withinWords(summary.kaplanMeier)}`,
    { tone: "soft" },
  );
}
