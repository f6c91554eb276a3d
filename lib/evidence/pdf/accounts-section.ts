/** Accounts and credentials that nobody uses or that nobody should have. */
import type { PackDigest } from "../digest.ts";
import { barChart } from "./bar-chart.ts";
import type { Sheet } from "./sheet.ts";
import { table } from "./table.ts";
import { count, counted, minute } from "./words.ts";

export function accountsSection(
  sheet: Sheet,
  { dormant, joiners, movers, reconciliation }: PackDigest,
): void {
  const { summary, days, unowned, unknown, credentials } = dormant;
  sheet.heading("Accounts");
  sheet.paragraph(
    `Active accounts that deserve a look. Unused means for ${days} days. Where no source reports sign-ins, use is unknown: ` +
      "that is neither good nor bad.",
  );
  barChart(sheet, "Active accounts", [
    { name: "Of people who have left", value: summary.zombie, tone: "bad" },
    { name: "Of nobody known", value: summary.orphan, tone: "bad" },
    { name: "Unused", value: summary.dormant, tone: "risk" },
    { name: "Never used", value: summary["never-used"], tone: "risk" },
    { name: "Use unknown", value: summary.unknown, tone: "unknown" },
  ]);
  sheet.subheading("Of people who have left, and of nobody");
  table(sheet, {
    columns: [
      { title: "Account", part: 34, cell: ({ userName, account }) => userName ?? account },
      { title: "Application", part: 24, cell: ({ application }) => application },
      {
        title: "Whose",
        part: 18,
        cell: ({ status }) => (status === "zombie" ? "has left" : "nobody's"),
        tone: () => "bad",
      },
      { title: "Last use (UTC)", part: 24, cell: ({ lastActivityAt }) => minute(lastActivityAt) },
    ],
    ...unowned,
    file: "reports/dormant.csv",
    empty: "There are none.",
  });
  if (unknown.all > 0) {
    sheet.subheading("Applications that report no sign-ins");
    table(sheet, {
      columns: [
        { title: "Application", part: 76, cell: ({ application }) => application },
        { title: "Active accounts", part: 24, align: "right", cell: ({ accounts }) => count(accounts) },
      ],
      ...unknown,
      file: "reports/dormant.json",
      empty: "",
    });
  }
  sheet.subheading("Keys and tokens");
  sheet.paragraph(
    `${counted(credentials["owner-left"], "key or token", "keys and tokens")} of people who have left, ` +
      `${count(credentials["no-owner"])} without an owner, ${count(credentials.unused)} unused, ` +
      `${count(credentials["never-used"])} never used, ${count(credentials.unrotated)} not replaced for a year, ` +
      `${count(credentials.active)} in order.`,
  );
  sheet.subheading("Joiners and movers");
  sheet.paragraph(
    `${counted(joiners.joiners, "joiner")} with ${counted(joiners.steps, "account")}, ${count(joiners.open + joiners.failing)} of which ` +
      `don't work yet. ${counted(movers.movers, "move")}; ${counted(movers.drift, "group or role", "groups and roles")} kept that ` +
      `a move should have taken away, ${count(movers.outside)} that provisioning did not grant.`,
  );
  sheet.subheading("What applications themselves show");
  sheet.paragraph(
    reconciliation.applications === 0
      ? "The accounts of no application were read or exported, to be compared with what should be there."
      : `${counted(reconciliation.applications, "application")} looked at. Active though the log says that they were ended: ` +
          `${count(reconciliation["log-says-done"])}; active though the person has left: ${count(reconciliation["active-though-left"])}; ` +
          `missing: ${count(reconciliation.missing)}; one too many: ${count(reconciliation.extra)}; other differences: ` +
          `${count(reconciliation["inactive-though-present"] + reconciliation["group-drift"] + reconciliation["attribute-drift"])}.`,
  );
}
