/** Report accounts: every account that the log proves or makes likely. */
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { AccountFacts, EntitlementFacts } from "../lifecycle/types.ts";
import { baseOf, byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { AccountRow, AccountsReport, ReportParams } from "./contract.ts";
import type { Model } from "./model.ts";

/** Which account an entitlement is of. */
const holderOf = ({ subject, application, account }: EntitlementFacts | AccountFacts): string =>
  `${subject}\u0000${application}\u0000${account}`;

/** What each account holds, by its key. */
export function grantsOf(entitlements: readonly EntitlementFacts[]): Map<string, EntitlementFacts[]> {
  return groupBy(
    entitlements.filter(({ heldUntil }) => heldUntil === null),
    holderOf,
  );
}

/** One account as reports print it; `grants` as {@link grantsOf} gives them. */
export function accountRow(
  model: Model,
  account: AccountFacts,
  grants: ReadonlyMap<string, EntitlementFacts[]>,
): AccountRow {
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
    provenanceEventId: account.provenanceEventId,
    entitlements: account.entitlements,
    grants: (grants.get(holderOf(account)) ?? []).map(({ name, provenance, grantedAt, eventId }) => ({
      name,
      provenance,
      since: iso(grantedAt),
      eventId,
    })),
  };
}

/** Whether a row belongs to the application that is asked for, if any. */
export function ofApplication(params: ReportParams): (row: { application: string }) => boolean {
  const wanted = params.application === undefined ? null : applicationKey(params.application);
  return (row) => wanted === null || applicationKey(row.application) === wanted;
}

export function accountsReport(model: Model, params: ReportParams): AccountsReport {
  const grants = grantsOf(model.entitlements);
  const rows = model.accounts
    .filter(ofApplication(params))
    .map((account) => accountRow(model, account, grants))
    .sort((a, b) => byText(a.application, b.application) || byText(a.account, b.account));
  return {
    ...baseOf(model, {}),
    summary: { accounts: rows.length, active: rows.filter((row) => row.active).length },
    rows,
  };
}
