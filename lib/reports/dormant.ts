/** Report dormant: active accounts that nobody should or does use, and credentials likewise. docs/semantics.md §9. */
import type { AccountFacts, CredentialFacts } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, isoOrNull, labelOf } from "./base.ts";
import type { CredentialRow, CredentialStatus, DormantRow, DormantStatus } from "./contract.ts";
import type { NewFold } from "./fold.ts";
import type { About, ModelPart } from "./model.ts";
import { DAY, SETTINGS } from "./settings.ts";

const RANK: Record<DormantStatus, number> = { zombie: 0, orphan: 1, "never-used": 2, dormant: 3 };

export interface DormantContext {
  asOf: number;
  /** Unused for longer than this, in milliseconds, is dormant. */
  limit: number;
}

/** @param days without use that count as dormant. */
export const dormantContext = ({ asOf }: About, days: number): DormantContext => ({
  asOf,
  limit: days * DAY,
});

/** Why an active account should not be; null when nothing says so. */
export function dormantStatusOf(
  model: ModelPart,
  account: AccountFacts,
  { asOf, limit }: DormantContext,
): DormantStatus | null {
  if (account.identityKnown && model.people.get(account.subject)?.active === false) return "zombie";
  if (!account.identityKnown) return "orphan";
  if (!model.across.signIns.has(account.application)) return null;
  if (account.lastActivityAt !== null) return asOf - account.lastActivityAt > limit ? "dormant" : null;
  return asOf - (account.createdAt ?? account.firstSeen) > limit ? "never-used" : null;
}

function rowOf(
  model: ModelPart,
  account: AccountFacts,
  status: DormantStatus,
  context: DormantContext,
): DormantRow {
  const since = account.lastActivityAt ?? account.createdAt ?? account.firstSeen;
  return {
    application: labelOf(model, account.application),
    account: account.account,
    userName: account.userName,
    subject: account.subject,
    status,
    lastActivityAt: isoOrNull(account.lastActivityAt),
    idleDays: model.across.signIns.has(account.application) ? Math.floor((context.asOf - since) / DAY) : null,
  };
}

function credentialStatus(
  model: ModelPart,
  credential: CredentialFacts,
  { asOf, limit }: DormantContext,
  useReported: boolean,
): CredentialStatus {
  if (credential.owned && model.people.get(credential.subject)?.active === false) return "owner-left";
  if (!credential.owned) return "no-owner";
  const since = credential.createdAt ?? credential.firstSeen;
  if (useReported && credential.lastUsedAt === null && asOf - since > limit) return "never-used";
  if (credential.lastUsedAt !== null && asOf - credential.lastUsedAt > limit) return "unused";
  return asOf - since > SETTINGS.rotationDays * DAY ? "unrotated" : "active";
}

/** One credential as reports print it. */
export function credentialRow(
  model: ModelPart,
  credential: CredentialFacts,
  context: DormantContext,
): CredentialRow {
  // Whether the application's records tell of uses at all: else "never used" would be a guess.
  const useReported = model.across.credentialUses.has(credential.application);
  return {
    id: credential.id,
    name: credential.name,
    owner: credential.owned ? (model.people.get(credential.subject)?.userName ?? null) : null,
    status: credentialStatus(model, credential, context, useReported),
    createdAt: isoOrNull(credential.createdAt),
    lastUsedAt: isoOrNull(credential.lastUsedAt),
  };
}

/** The order in which credentials are told. */
export const byStatus = (a: CredentialRow, b: CredentialRow): number =>
  byText(a.status, b.status) || byText(a.id, b.id);

/** Credentials as reports print them, without those that were revoked. */
export const credentialRows = (
  model: ModelPart,
  credentials: readonly CredentialFacts[],
  context: DormantContext,
): CredentialRow[] =>
  credentials
    .filter(({ revokedAt }) => revokedAt === null)
    .map((credential) => credentialRow(model, credential, context));

export const dormantFold: NewFold<"dormant"> = (about, params, list) => {
  const days = params.days ?? SETTINGS.dormantDays;
  const context = dormantContext(about, days);
  const isWanted = ofApplication(params);
  const rows = list<DormantRow>(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      (b.idleDays ?? -1) - (a.idleDays ?? -1) ||
      byText(a.application, b.application) ||
      byText(a.account, b.account),
  );
  const credentials = list(byStatus);
  const summary = { zombie: 0, orphan: 0, "never-used": 0, dormant: 0, unknown: 0 };
  const unknown = new Map<string, number>();
  return {
    take(part) {
      for (const account of part.accounts) {
        if (!account.active || !isWanted(account)) continue;
        const status = dormantStatusOf(part, account, context);
        if (status !== null) {
          summary[status] += 1;
          rows.add(rowOf(part, account, status, context));
        } else if (!about.across.signIns.has(account.application)) {
          summary.unknown += 1;
          unknown.set(account.application, (unknown.get(account.application) ?? 0) + 1);
        }
      }
      for (const row of credentialRows(part, part.credentials.filter(isWanted), context))
        credentials.add(row);
    },
    result: () => ({
      ...baseOf(about, { days, rotationDays: SETTINGS.rotationDays }),
      days,
      summary,
      rows: rows.sorted(),
      unknown: [...unknown]
        .map(([application, accounts]) => ({ application: labelOf(about, application), accounts }))
        .sort((a, b) => byText(a.application, b.application)),
      credentials: credentials.sorted(),
    }),
  };
};
