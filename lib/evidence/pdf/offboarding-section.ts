/** How soon leavers lost access: percentiles counted both ways, the curve, what is open, and what was used after leaving. */
import type { OffboardingRow } from "../../reports/contract.ts";
import type { PackDigest } from "../digest.ts";
import type { Sheet } from "./sheet.ts";
import { survivalChart } from "./survival-chart.ts";
import { type TableColumn, table } from "./table.ts";
import { count, counted, duration, minute, reached } from "./words.ts";

type Offboarding = PackDigest["offboarding"];

const person: TableColumn<OffboardingRow> = {
  title: "Who",
  part: 31,
  cell: ({ identity }) => identity.userName,
};
const application: TableColumn<OffboardingRow> = {
  title: "Application",
  part: 18,
  cell: (row) => row.application,
};
const left: TableColumn<OffboardingRow> = {
  title: "Left (UTC)",
  part: 16,
  cell: ({ leftAt }) => minute(leftAt),
};

function percentiles(sheet: Sheet, { summary }: Offboarding): void {
  const { naive, kaplanMeier, bands } = summary;
  const limits = ({ lower, upper }: { lower: number | null; upper: number | null }) =>
    lower === null && upper === null ? "not reached" : `${reached(lower)} to ${reached(upper)}`;
  table(sheet, {
    columns: [
      { title: "", part: 34, cell: ([name]) => name },
      { title: "Open ones counted (Kaplan–Meier)", part: 24, align: "right", cell: ([, value]) => value },
      { title: "95 % confidence", part: 22, align: "right", cell: ([, , value]) => value },
      { title: "Ended ones only (naive)", part: 20, align: "right", cell: ([, , , value]) => value },
    ],
    rows: [
      ["Half had ended within", reached(kaplanMeier.p50), limits(bands.p50), reached(naive.p50)],
      ["95 % had ended within", reached(kaplanMeier.p95), limits(bands.p95), reached(naive.p95)],
    ] as [string, string, string, string][],
    all: 2,
    file: "reports/offboarding.json",
    empty: "",
  });
}

function unfinishedTable(sheet: Sheet, { unfinished }: Offboarding): void {
  sheet.subheading("Still open, the oldest first");
  table(sheet, {
    columns: [
      person,
      application,
      left,
      {
        title: "Open for",
        part: 12,
        align: "right",
        cell: ({ openFor }) => duration(openFor),
        tone: ({ breached }) => (breached ? "bad" : undefined),
      },
      { title: "State", part: 9, cell: ({ status }) => status },
      { title: "Last error", part: 22, cell: ({ lastError }) => lastError ?? "–" },
    ],
    ...unfinished,
    file: "reports/offboarding.csv",
    empty: "Nothing is open.",
  });
}

function accessTable(sheet: Sheet, { access }: Offboarding): void {
  sheet.subheading("Used after leaving");
  table(sheet, {
    columns: [
      person,
      application,
      left,
      {
        title: "Last use (UTC)",
        part: 16,
        cell: ({ lastAccessAfterLeavingAt }) => minute(lastAccessAfterLeavingAt),
        tone: () => "bad",
      },
      {
        title: "Ended (UTC)",
        part: 16,
        cell: ({ endedAt, status }) => (endedAt === null ? status : minute(endedAt)),
      },
    ],
    ...access,
    file: "reports/offboarding.csv",
    empty: "No use of an account or token of this list was seen after its person left.",
  });
}

export function offboardingSection(sheet: Sheet, { offboarding }: PackDigest): void {
  const { summary, slaSeconds, unfinished } = offboarding;
  sheet.heading("Offboarding");
  if (summary.steps === 0) {
    sheet.paragraph(
      `${counted(summary.leavers, "person has", "people have")} left in the period, with no account or credential to end.`,
    );
    return;
  }
  sheet.paragraph(
    `${counted(summary.leavers, "leaver")} with ${counted(summary.steps, "account or credential", "accounts and credentials")} to ` +
      `end: ${count(summary.completed)} ended, ${count(summary.early)} before the person left, ` +
      `${count(summary.open + summary.failing)} open (${count(unfinished.pastSla)} past the SLA), ` +
      `${count(summary.rehired)} whose person came back first. ` +
      `${count(summary.withinSla)} ended within the SLA. ` +
      `It is ${duration(slaSeconds)} unless an application has its own.`,
  );
  percentiles(sheet, offboarding);
  survivalChart(sheet, offboarding);
  unfinishedTable(sheet, offboarding);
  accessTable(sheet, offboarding);
}
