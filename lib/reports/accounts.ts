/** Report accounts: every account that the log proves or makes likely. */
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { AccountFacts, EntitlementFacts } from "../lifecycle/types.ts";
import { baseOf, byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { AccountRow, ReportParams } from "./contract.ts";
import type { NewFold } from "./fold.ts";
import type { ModelPart } from "./model.ts";

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
  model: ModelPart,
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

export const accountsFold: NewFold<"accounts"> = (about, params, list) => {
  const rows = list<AccountRow>(
    (a, b) => byText(a.application, b.application) || byText(a.account, b.account),
  );
  const isWanted = ofApplication(params);
  const summary = { accounts: 0, active: 0 };
  return {
    take(part) {
      const grants = grantsOf(part.entitlements);
      for (const account of part.accounts) {
        if (!isWanted(account)) continue;
        summary.accounts += 1;
        if (account.active) summary.active += 1;
        rows.add(accountRow(part, account, grants));
      }
    },
    result: () => ({ ...baseOf(about, {}), summary, rows: rows.sorted() }),
  };
};
