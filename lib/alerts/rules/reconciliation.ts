/** Accounts that their applications show active though they should have ended. Pure. */
import { counted } from "../../evidence/pdf/words.ts";
import { groupBy } from "../../lifecycle/group-by.ts";
import { applicationKey } from "../../lifecycle/refs.ts";
import type { ReconciliationReport } from "../../reports/contract.ts";
import type { Condition } from "../condition.ts";
import type { RuleSetting } from "../contract.ts";

/** @param setting.threshold so many accounts of an application at least. */
export function keptActive({ rows }: ReconciliationReport, { threshold }: RuleSetting): Condition[] {
  const open = rows.filter(
    ({ kind, closedAt }) => closedAt === null && (kind === "log-says-done" || kind === "active-though-left"),
  );
  return [...groupBy(open, ({ application }) => application)].map(([application, own]) => {
    const done = own.filter(({ kind }) => kind === "log-says-done").length;
    const said =
      done === 0 ? "" : `; of ${done} the log says that provisioning ended ${done === 1 ? "it" : "them"}`;
    return {
      rule: "kept-active",
      subject: applicationKey(application),
      what: `${application} shows ${counted(own.length, "account")} active that should have ended${said}`,
      link: `/reconciliation?application=${encodeURIComponent(application)}`,
      since: Math.min(...own.map(({ openedAt }) => Date.parse(openedAt))),
      quiet: own.length < threshold || own.every(({ state }) => state !== "open"),
    };
  });
}
