/** Causes of failures that nobody has taken up, and provisioning that its provider has stopped. Pure. */

import { counted } from "../../evidence/pdf/words.ts";
import type { FailureRow, FailuresReport } from "../../reports/contract.ts";
import type { Condition } from "../condition.ts";
import type { RuleSetting } from "../contract.ts";

const plain = (value: string): string => value.replaceAll("-", " ");

/** Not what the vendor said: people are named there. */
function whatOf({ application, operation, errorClass, errorCode, open }: FailureRow): string {
  const code = errorCode === null ? "" : ` (${errorCode})`;
  return `${application}: ${plain(operation)} fails, ${plain(errorClass)}${code}, ${counted(open, "account")}`;
}

const openSince = ({ age, lastSeen }: FailureRow, asOf: string): number =>
  age === null ? Date.parse(lastSeen) : Date.parse(asOf) - age * 1000;

const unresolved = (
  { rows, asOf }: FailuresReport,
  rule: "failure-group" | "quarantine",
  quiet: (row: FailureRow) => boolean,
  what: (row: FailureRow) => string,
): Condition[] =>
  rows
    .filter(
      (row) => row.state !== "resolved" && (row.errorClass === "quarantine") === (rule === "quarantine"),
    )
    .map((row) => ({
      rule,
      subject: row.id,
      what: what(row),
      link: `/failures/${encodeURIComponent(row.id)}`,
      since: openSince(row, asOf),
      // Acknowledged or snoozed: people know.
      quiet: row.state !== "open" || quiet(row),
    }));

/** @param setting.threshold so many accounts at least. */
export const newFailures = (report: FailuresReport, { threshold }: RuleSetting): Condition[] =>
  unresolved(report, "failure-group", ({ open }) => open < threshold, whatOf);

export const quarantines = (report: FailuresReport): Condition[] =>
  unresolved(
    report,
    "quarantine",
    () => false,
    ({ application }) => `${application}: its provider has stopped provisioning it`,
  );
