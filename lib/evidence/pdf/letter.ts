/** `letter.pdf`: one page for a customer: what was watched, how soon access ended, and what is not known. */
import type { PackDigest } from "../digest.ts";
import type { ReportAbout } from "./report.ts";
import { Sheet } from "./sheet.ts";
import { count, counted, day, duration, moment, reached, share, withinWords } from "./words.ts";

function watched({ completeness }: PackDigest): string {
  const { sources, summary } = completeness;
  const firsts = sources.rows.flatMap(({ firstEventAt }) => firstEventAt ?? []).toSorted();
  const lasts = sources.rows.flatMap(({ lastEventAt }) => lastEventAt ?? []).toSorted();
  if (summary.records === 0) return "No source of yours has sent a record yet: there is nothing to report.";
  return (
    `${counted(summary.records, "record")} of ${counted(summary.sources, "source")} that carry your people's accounts, from ` +
    `${day(firsts[0] ?? null)} to ${day(lasts.at(-1) ?? null)}.`
  );
}

function covered({ coverage: { summary } }: PackDigest): string {
  return (
    `In ${counted(summary.applications, "application")}, ${share(summary.accountsCovered, summary.accounts)} of ` +
    `${counted(summary.accounts, "active account")} are where joining or leaving is carried out by provisioning.` +
    (summary.uncovered === 0
      ? ""
      : ` ${counted(summary.uncovered, "application")} had accounts or sign-ins and never a provisioning event.`)
  );
}

function latency({ offboarding: { summary, slaSeconds, unfinished } }: PackDigest): string {
  if (summary.steps === 0)
    return `${counted(summary.leavers, "person", "people")} left, with no account to end.`;
  return (
    `${counted(summary.leavers, "person", "people")} left, with ${counted(summary.steps, "account or credential", "accounts and credentials")} ` +
    `to end. ${withinWords(summary.kaplanMeier)} ${count(summary.open + summary.failing)} are open, ` +
    `${count(unfinished.pastSla)} of them past their SLA (${duration(slaSeconds)} unless an application has its own). ` +
    `${count(summary.accessAfterLeaving)} of those who left used access afterwards.`
  );
}

function unknown({ completeness: { summary }, dormant }: PackDigest): string[] {
  return [
    summary.gaps + summary.rejected === 0
      ? "No gap in time was found in your sources, and every record could be read."
      : `What happened in ${counted(summary.gaps, "gap")} in time, and what ${counted(summary.rejected, "record")} said that could not be read.`,
    ...(dormant.summary.unknown === 0
      ? []
      : [
          `Whether ${counted(dormant.summary.unknown, "account")} ${dormant.summary.unknown === 1 ? "is" : "are"} used: their applications report no sign-ins.`,
        ]),
    "Access that none of these sources sees, and whether what a source wrote is true.",
  ];
}

/** The letter's bytes; the same for the same input. */
export async function letterPdf(about: ReportAbout, digest: PackDigest): Promise<Buffer> {
  const customer = about.scope.customer ?? "";
  const sheet = await Sheet.begin({
    title: `Assurance letter for ${customer}, as of ${about.asOf}`,
    head: [about.workspace, moment(about.asOf)],
    date: about.asOf,
  });
  sheet.space(16);
  sheet.paragraph(`For ${customer}`, { size: 12, weight: "strong", after: 2 });
  sheet.paragraph(
    `How your people's accounts were managed from ${about.period.from === null ? "the first record" : day(about.period.from)} to ${day(about.period.to ?? about.asOf)}, as of ${moment(about.asOf)}`,
    { tone: "soft", after: 14 },
  );
  const { summary } = digest.offboarding;
  if (digest.completeness.summary.records > 0)
    sheet.figures([
      {
        value: share(digest.coverage.summary.accountsCovered, digest.coverage.summary.accounts),
        label: "of active accounts are where joining or leaving is automated",
      },
      {
        value: reached(summary.kaplanMeier.p95),
        label: "until 95 % of leavers' access had ended, open ones counted",
      },
      {
        value: count(summary.open + summary.failing),
        label: "accounts of leavers are open",
        tone: summary.open + summary.failing > 0 ? "bad" : "good",
      },
      {
        value: count(digest.completeness.summary.gaps),
        label: "gaps in what was watched",
        tone: digest.completeness.summary.gaps > 0 ? "risk" : "good",
      },
    ]);
  sheet.subheading("What was watched");
  sheet.paragraph(watched(digest));
  sheet.subheading("What is carried out automatically");
  sheet.paragraph(covered(digest));
  sheet.subheading("How soon access ended");
  sheet.paragraph(latency(digest));
  sheet.subheading("What is not known");
  for (const line of unknown(digest)) sheet.paragraph(`• ${line}`, { after: 2 });
  sheet.subheading("How to check this");
  sheet.paragraph(
    "This letter is one file of an evidence pack. The reports with every row and the raw records behind them are beside it; " +
      "README.txt says how to check that none was changed, with or without our software. The letter says what the records " +
      "show, and no more: it is no audit and no certificate.",
  );
  sheet.space(40);
  sheet.facts([
    ["Name", "________________________________"],
    ["Date", "________________________________"],
  ]);
  return sheet.end();
}
