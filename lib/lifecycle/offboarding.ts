/** Leaver cases and their steps. docs/semantics.md §6. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { type Account, isUse } from "./accounts.ts";
import { capabilityOf, isAttempt } from "./capability.ts";
import type { Absence } from "./identity.ts";
import type { AccessAfter, CredentialFacts, LeaverCase, LeaverStep, SubjectId } from "./types.ts";

/** An account that ended so long before the start belongs to the case; what ended earlier had another cause. */
const EARLY_MS = 7 * 24 * 3_600_000;

function accessDuring(events: readonly LoggedEvent[], absence: Absence): AccessAfter {
  const until = absence.rehiredAt ?? Infinity;
  const uses = events.filter((event) => isUse(event) && event.at > absence.leftAt && event.at < until);
  return {
    accessFirst: uses[0]?.at ?? null,
    accessLast: uses.at(-1)?.at ?? null,
    accessCount: uses.length,
  };
}

interface Departure extends Absence {
  department: string | null;
}

/** An absence with the department that a directory had last said when the person left; later words change nothing. */
function departureOf(events: readonly LoggedEvent[], absence: Absence): Departure {
  const said = events.findLast(
    (event) => event.layer === "directory" && event.at <= absence.leftAt && event.attributes?.department,
  );
  return { ...absence, department: said?.attributes?.department ?? null };
}

/** What a step has of its case. */
const ofCase = ({ leftAt, trigger, source, department }: Departure) => ({
  leftAt,
  trigger,
  source,
  department,
});

/** @param events the subject's events in order. */
export function leaverCases(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  absences: readonly Absence[],
): LeaverCase[] {
  return absences.map((absence) => ({
    subject,
    ...departureOf(events, absence),
    ...accessDuring(events, absence),
  }));
}

/** When the account ended for this absence: before it (early), in it, or null when not at all; undefined: no step. */
function endOf(account: Account, leftAt: Instant): Instant | null | undefined {
  const active = account.active.find(({ from, to }) => from <= leftAt && (to === null || to > leftAt));
  if (active !== undefined) return active.to;
  return account.active.findLast(({ to }) => to !== null && to <= leftAt && to >= leftAt - EARLY_MS)?.to;
}

function accountStep(subject: SubjectId, account: Account, absence: Departure): LeaverStep | null {
  const end = endOf(account, absence.leftAt);
  if (end === undefined) return null;
  const rehired = absence.rehiredAt !== null && (end === null || end > absence.rehiredAt);
  const until = absence.rehiredAt ?? Infinity;
  const attempts = account.events.filter(
    (event) =>
      isAttempt(event) && capabilityOf(event) === "leaver" && event.at >= absence.leftAt && event.at < until,
  );
  const last = attempts.at(-1);
  const endedAt = rehired ? null : end;
  return {
    subject,
    application: account.application,
    account: account.account,
    accountUserName: account.userName,
    ...ofCase(absence),
    endedAt,
    rehiredAt: rehired ? absence.rehiredAt : null,
    failing: endedAt === null && !rehired && last?.outcome === "failure",
    lastError: attempts.findLast((event) => event.outcome === "failure")?.error?.message ?? null,
    ...accessDuring(account.events, absence),
  };
}

function credentialStep(
  credential: CredentialFacts,
  events: readonly LoggedEvent[],
  absence: Departure,
): LeaverStep | null {
  const { leftAt, rehiredAt } = absence;
  if (credential.createdAt !== null && credential.createdAt > leftAt) return null;
  if (credential.revokedAt !== null && credential.revokedAt <= leftAt) return null;
  const rehired = rehiredAt !== null && (credential.revokedAt === null || credential.revokedAt > rehiredAt);
  return {
    subject: credential.subject,
    application: credential.application,
    account: credential.id,
    accountUserName: credential.name,
    ...ofCase(absence),
    endedAt: rehired ? null : credential.revokedAt,
    rehiredAt: rehired ? rehiredAt : null,
    failing: false,
    lastError: null,
    ...accessDuring(
      events.filter((event) => event.credential?.id === credential.id),
      absence,
    ),
  };
}

/** The steps of all of a subject's cases: one for each account and credential that had to end. */
export function leaverSteps(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  absences: readonly Absence[],
  accounts: readonly Account[],
  credentials: readonly CredentialFacts[],
): LeaverStep[] {
  return absences.flatMap((absence) => {
    const departure = departureOf(events, absence);
    return [
      ...accounts.map((account) => accountStep(subject, account, departure)),
      ...credentials.map((credential) => credentialStep(credential, events, departure)),
    ].filter((step) => step !== null);
  });
}
