/** What the dormant report must say of accounts and credentials. */
import { DAY, type Instant, iso } from "../calendar.ts";
import type { Account, Credential, Plan } from "../plan.ts";
import type { SampleTruth, TrueCredentialRow, TrueDormantRow } from "./rows.ts";
import { hasLeft, lastSignIn, stateAt } from "./state.ts";

/** Days without activity after which an account or credential counts as unused. */
const DAYS = 90;

function statusOf(
  plan: Plan,
  account: Account,
  since: Instant,
  lastActivityAt: Instant | null,
  observed: boolean,
): TrueDormantRow["status"] | null {
  if (account.person === null) return "orphan";
  if (hasLeft(account.person)) return "zombie";
  if (!observed) return null;
  const limit = plan.calendar.end - DAYS * DAY;
  if (lastActivityAt === null) return since < limit ? "never-used" : null;
  return lastActivityAt < limit ? "dormant" : null;
}

function credentialStatus(plan: Plan, credential: Credential): TrueCredentialRow["status"] {
  const { owner, createdAt, usedAt } = credential;
  const limit = plan.calendar.end - DAYS * DAY;
  if (owner === null) return "no-owner";
  if (hasLeft(owner)) return "owner-left";
  const last = usedAt.at(-1);
  if (last === undefined) return createdAt < limit ? "never-used" : "active";
  return last < limit ? "unused" : "active";
}

export function dormantTruth(plan: Plan): SampleTruth["dormant"] {
  const { end } = plan.calendar;
  const observed = new Set(
    plan.accounts.filter((account) => lastSignIn(account) !== null).map(({ application }) => application),
  );
  const unknown = new Map<string, number>();
  const rows: TrueDormantRow[] = [];
  for (const account of plan.accounts) {
    const state = stateAt(account, end);
    if (state?.active !== true) continue;
    const { application, id, userName } = account;
    const lastActivityAt = lastSignIn(account);
    const since = state.createdAt ?? state.knownSince;
    const isObserved = observed.has(application);
    const status = statusOf(plan, account, since, lastActivityAt, isObserved);
    if (status === null) {
      if (!isObserved) unknown.set(application.name, (unknown.get(application.name) ?? 0) + 1);
      continue;
    }
    rows.push({
      application: application.name,
      account: id,
      userName,
      status,
      lastActivityAt: lastActivityAt === null ? null : iso(lastActivityAt),
      idleDays: isObserved ? Math.floor((end - (lastActivityAt ?? since)) / DAY) : null,
    });
  }
  return {
    rows,
    unknown: [...unknown].map(([application, accounts]) => ({ application, accounts })),
    credentials: plan.credentials
      .filter(({ revokedAt }) => revokedAt === null)
      .map((credential) => {
        const last = credential.usedAt.at(-1);
        return {
          id: credential.id,
          name: credential.name,
          owner: credential.owner?.userName ?? null,
          status: credentialStatus(plan, credential),
          lastUsedAt: last === undefined ? null : iso(last),
        };
      }),
  };
}
