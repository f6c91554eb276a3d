/** Applications that people use and no provisioning reaches. Pure. */

import { counted } from "../../evidence/pdf/words.ts";
import { applicationKey } from "../../lifecycle/refs.ts";
import type { CoverageReport } from "../../reports/contract.ts";
import type { Condition } from "../condition.ts";
import type { RuleSetting } from "../contract.ts";

/** @param setting.threshold so many people at least. */
export const uncoveredApplications = (
  { rows, asOf }: CoverageReport,
  { threshold }: RuleSetting,
): Condition[] =>
  rows
    .filter(({ uncovered }) => uncovered)
    .map(({ application, accounts, people }) => ({
      rule: "uncovered",
      subject: applicationKey(application),
      what: `${application}: ${counted(accounts, "active account")}, ${counted(people, "person", "people")}, no provisioning`,
      link: `/applications/${encodeURIComponent(application)}`,
      since: Date.parse(asOf),
      quiet: people < threshold,
    }));
