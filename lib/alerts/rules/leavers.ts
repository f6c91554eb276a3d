/** What leavers' accounts call for: an end before their SLA is up, and an answer to whatever they were used for. Pure. */
import type { OffboardingReport, OffboardingRow } from "../../reports/contract.ts";
import { type Condition, hashedSubject } from "../condition.ts";
import type { RuleSetting } from "../contract.ts";
import { moment } from "../words.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const subjectOf = ({ subject, application, account, leftAt }: OffboardingRow): string =>
  hashedSubject([subject, application, account, leftAt]);

const listAt = (show: string, application: string): string =>
  `/offboarding?show=${show}&application=${encodeURIComponent(application)}`;

/**
 * Accounts still open whose SLA is up within `threshold` hours, or is up: what was learnt too late to warn of is told all the same.
 */
export function slaNear({ rows, asOf }: OffboardingReport, { threshold }: RuleSetting): Condition[] {
  return rows.flatMap((row) => {
    const dueAt = Date.parse(row.leftAt) + row.slaSeconds * 1000;
    const late = dueAt <= Date.parse(asOf);
    if (row.openFor === null || (!late && dueAt - Date.parse(asOf) > threshold * HOUR)) return [];
    const condition: Condition = {
      rule: "sla",
      subject: subjectOf(row),
      what: `${row.application}: an account of somebody who left ${moment(Date.parse(row.leftAt))} ${late ? "was to end" : "is to end"} by ${moment(dueAt)}`,
      link: listAt("unfinished", row.application),
      since: Date.parse(row.leftAt),
      quiet: false,
    };
    return [condition];
  });
}

/** Accounts that were used after their person had left, while they are open, and for `threshold` days after the use. */
export function accessAfterLeaving(
  { rows, asOf }: OffboardingReport,
  { threshold }: RuleSetting,
): Condition[] {
  return rows.flatMap((row) => {
    if (!row.accessAfterLeaving || row.lastAccessAfterLeavingAt === null) return [];
    const usedAt = Date.parse(row.lastAccessAfterLeavingAt);
    if (row.openFor === null && Date.parse(asOf) - usedAt > threshold * DAY) return [];
    const condition: Condition = {
      rule: "access-after-leaving",
      subject: subjectOf(row),
      what: `${row.application}: an account of somebody who left ${moment(Date.parse(row.leftAt))} was used, last ${moment(usedAt)}; it is ${row.openFor === null ? "ended by now" : "open still"}`,
      link: listAt("access", row.application),
      since: usedAt,
      quiet: false,
    };
    return [condition];
  });
}
