/** Report dormant: active accounts that nobody should or does use, and credentials likewise. docs/semantics.md §9. */
import type { AccountFacts, CredentialFacts } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, isoOrNull, labelOf } from "./base.ts";
import type {
  CredentialRow,
  CredentialStatus,
  DormantReport,
  DormantRow,
  DormantStatus,
  ReportParams,
} from "./contract.ts";
import type { Model } from "./model.ts";
import { DAY, SETTINGS } from "./settings.ts";

const RANK: Record<DormantStatus, number> = { zombie: 0, orphan: 1, "never-used": 2, dormant: 3 };

export interface DormantContext {
  asOf: number;
  /** Unused for longer than this, in milliseconds, is dormant. */
  limit: number;
  /** Applications with a sign-in on record. */
  reported: ReadonlySet<string>;
}

/** @param days without use that count as dormant. */
export const dormantContext = (model: Model, days: number): DormantContext => ({
  asOf: model.asOf,
  limit: days * DAY,
  reported: new Set(
    model.sightings
      .filter((sighting) => sighting.lastSignInAt !== null)
      .map((sighting) => sighting.application),
  ),
});

/** Why an active account should not be; null when nothing says so. */
export function dormantStatusOf(
  model: Model,
  account: AccountFacts,
  { asOf, limit, reported }: DormantContext,
): DormantStatus | null {
  if (account.identityKnown && model.people.get(account.subject)?.active === false) return "zombie";
  if (!account.identityKnown) return "orphan";
  if (!reported.has(account.application)) return null;
  if (account.lastActivityAt !== null) return asOf - account.lastActivityAt > limit ? "dormant" : null;
  return asOf - (account.createdAt ?? account.firstSeen) > limit ? "never-used" : null;
}

function rowOf(
  model: Model,
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
    idleDays: context.reported.has(account.application) ? Math.floor((context.asOf - since) / DAY) : null,
  };
}

function credentialStatus(
  model: Model,
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
  model: Model,
  credential: CredentialFacts,
  context: { asOf: number; limit: number },
): CredentialRow {
  // Whether the application's records tell of uses at all: else "never used" would be a guess.
  const useReported = model.credentials.some(
    (other) => other.application === credential.application && other.lastUsedAt !== null,
  );
  return {
    id: credential.id,
    name: credential.name,
    owner: credential.owned ? (model.people.get(credential.subject)?.userName ?? null) : null,
    status: credentialStatus(model, credential, { ...context, reported: new Set() }, useReported),
    createdAt: isoOrNull(credential.createdAt),
    lastUsedAt: isoOrNull(credential.lastUsedAt),
  };
}

export function dormantReport(model: Model, params: ReportParams): DormantReport {
  const days = params.days ?? SETTINGS.dormantDays;
  const context = dormantContext(model, days);
  const { reported } = context;
  const rows: DormantRow[] = [];
  const unknown = new Map<string, number>();
  for (const account of model.accounts.filter((row) => row.active).filter(ofApplication(params))) {
    const status = dormantStatusOf(model, account, context);
    if (status !== null) rows.push(rowOf(model, account, status, context));
    else if (!reported.has(account.application)) {
      unknown.set(account.application, (unknown.get(account.application) ?? 0) + 1);
    }
  }
  const summary = { zombie: 0, orphan: 0, "never-used": 0, dormant: 0, unknown: 0 };
  for (const row of rows) summary[row.status]++;
  for (const accounts of unknown.values()) summary.unknown += accounts;
  return {
    ...baseOf(model, { days, rotationDays: SETTINGS.rotationDays }),
    days,
    summary,
    rows: rows.sort(
      (a, b) =>
        RANK[a.status] - RANK[b.status] ||
        (b.idleDays ?? -1) - (a.idleDays ?? -1) ||
        byText(a.application, b.application) ||
        byText(a.account, b.account),
    ),
    unknown: [...unknown]
      .map(([application, accounts]) => ({ application: labelOf(model, application), accounts }))
      .sort((a, b) => byText(a.application, b.application)),
    credentials: model.credentials
      .filter((credential) => credential.revokedAt === null)
      .filter(ofApplication(params))
      .map((credential) => credentialRow(model, credential, context))
      .sort((a, b) => byText(a.status, b.status) || byText(a.id, b.id)),
  };
}
