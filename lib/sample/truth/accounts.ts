/** What the accounts report must say: every account there ever was. */
import { iso } from "../calendar.ts";
import type { Account, Plan } from "../plan.ts";
import type { SampleTruth } from "./rows.ts";
import { stateAt } from "./state.ts";

/** Groups that the account holds: given and not taken, and none once it is deleted. */
function entitlementsOf({ happenings }: Account): string[] {
  const held = new Set<string>();
  for (const one of happenings) {
    if (one.kind !== "attempt" || one.outcome !== "success") continue;
    if (one.action === "delete") held.clear();
    if (one.group === null) continue;
    if (one.action === "member-add") held.add(one.group);
    else held.delete(one.group);
  }
  return [...held].sort();
}

export function accountsTruth(plan: Plan): SampleTruth["accounts"] {
  const rows = plan.accounts.flatMap((account) => {
    const state = stateAt(account, plan.calendar.end);
    const last = account.happenings.at(-1);
    if (state === null || last === undefined) return [];
    return [
      {
        application: account.application.name,
        account: account.id,
        userName: account.userName,
        identity: account.person?.userName ?? null,
        active: state.active,
        createdAt: state.createdAt === null ? null : iso(state.createdAt),
        lastEventAt: iso(last.at),
        entitlements: entitlementsOf(account),
      },
    ];
  });
  return { rows };
}
