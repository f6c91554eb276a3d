/** Provisioning that fails, by its causes. */
import type { PackDigest } from "../digest.ts";
import type { Sheet } from "./sheet.ts";
import { table } from "./table.ts";
import { count, counted, duration } from "./words.ts";

export function failuresSection(sheet: Sheet, { failures }: PackDigest): void {
  const { summary, open } = failures;
  sheet.heading("Failed provisioning");
  sheet.paragraph(
    `${counted(summary.groups, "cause")} of failure, ${count(summary.open)} not resolved, with ` +
      `${counted(summary.openItems, "account")} left in failure. One is resolved when a later success for each account arrives.`,
  );
  table(sheet, {
    columns: [
      { title: "Application", part: 20, cell: ({ application }) => application },
      { title: "Operation", part: 14, cell: ({ operation }) => operation },
      { title: "Cause", part: 18, cell: ({ errorClass }) => errorClass },
      {
        title: "Code",
        part: 22,
        cell: ({ errorCode, httpStatus }) => errorCode ?? String(httpStatus ?? "–"),
      },
      { title: "Open", part: 8, align: "right", cell: (cause) => count(cause.open) },
      { title: "Oldest", part: 11, align: "right", cell: ({ age }) => duration(age) },
      { title: "State", part: 15, cell: ({ state }) => state },
      { title: "Owner", part: 14, cell: ({ owner }) => owner ?? "–" },
    ],
    ...open,
    file: "reports/failures.csv",
    empty: "Nothing fails.",
  });
}
