/** Report accounts: every account that the log proves or makes likely. */
import { applicationKey } from "../lifecycle/refs.ts";
import type { AccountFacts } from "../lifecycle/types.ts";
import { baseOf, byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { AccountRow, AccountsReport, ReportParams } from "./contract.ts";
import type { Model } from "./model.ts";

/** One account as reports print it. */
export function accountRow(model: Model, account: AccountFacts): AccountRow {
  return {
    application: labelOf(model, account.application),
    account: account.account,
    userName: account.userName,
    identity: account.identityKnown ? (model.people.get(account.subject)?.userName ?? null) : null,
    subject: account.subject,
    active: account.active,
    createdAt: isoOrNull(account.createdAt),
    lastEventAt: iso(account.lastEventAt),
    lastActivityAt: isoOrNull(account.lastActivityAt),
    provenance: account.provenance,
    entitlements: account.entitlements,
  };
}

/** Whether a row belongs to the application that is asked for, if any. */
export function ofApplication(params: ReportParams): (row: { application: string }) => boolean {
  const wanted = params.application === undefined ? null : applicationKey(params.application);
  return (row) => wanted === null || applicationKey(row.application) === wanted;
}

export function accountsReport(model: Model, params: ReportParams): AccountsReport {
  const rows = model.accounts
    .filter(ofApplication(params))
    .map((account) => accountRow(model, account))
    .sort((a, b) => byText(a.application, b.application) || byText(a.account, b.account));
  return {
    ...baseOf(model, {}),
    summary: { accounts: rows.length, active: rows.filter((row) => row.active).length },
    rows,
  };
}
