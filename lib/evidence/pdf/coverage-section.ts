/** For each application, what provisioning carries out. */
import type { CoverageState } from "../../reports/contract.ts";
import type { PackDigest } from "../digest.ts";
import type { Tone } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { type TableColumn, table } from "./table.ts";
import { count, counted, day } from "./words.ts";

const TONES: Record<CoverageState, Tone> = {
  automated: "good",
  degraded: "bad",
  untested: "unknown",
  manual: "risk",
  none: "none",
};

type Line = PackDigest["coverage"]["rows"]["rows"][number];

const cell = (title: string, capability: keyof Line["states"]): TableColumn<Line> => ({
  title,
  part: 12,
  cell: ({ states }) => states[capability],
  tone: ({ states }) => TONES[states[capability]],
});

export function coverageSection(sheet: Sheet, { coverage }: PackDigest): void {
  const { summary, window, rows } = coverage;
  sheet.heading("Coverage");
  sheet.paragraph(
    `${counted(summary.applications, "application")}; ${count(summary.uncovered)} of them with accounts or sign-ins and never ` +
      `a provisioning event. Counted are the ${window.days} days from ${day(window.from)} to ${day(window.to)}.`,
  );
  table(sheet, {
    columns: [
      { title: "Application", part: 30, cell: ({ application }) => application },
      cell("Joining", "joiner"),
      cell("Moving", "mover"),
      cell("Roles", "roles"),
      cell("Leaving", "leaver"),
      { title: "Accounts", part: 11, align: "right", cell: ({ accounts }) => count(accounts) },
      { title: "People", part: 11, align: "right", cell: ({ people }) => count(people) },
    ],
    ...rows,
    file: "reports/coverage.csv",
    empty: "No application is known.",
  });
  if (rows.all > 0)
    sheet.note(
      "automated: provisioning does it. degraded: it fails or is late. untested: nothing was seen of it in this time. " +
        "manual: the state changes, and no provisioning event explains it. none: there is nothing. The event behind each " +
        "word is in reports/coverage.json.",
    );
}
