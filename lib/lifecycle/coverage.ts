/** What one subject's events say of the capabilities of applications. docs/semantics.md §8. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { TRIAL_KINDS } from "../trials/record.ts";
import type { Account } from "./accounts.ts";
import { capabilityOf, capabilityOfOperation, isAttempt } from "./capability.ts";
import { applicationKey } from "./refs.ts";
import type { Capability, CoverageFact, SubjectId, TrialFact } from "./types.ts";

/** An attempt so near explains a change; changes so near are one. */
const SAME_CHANGE_MS = 24 * 3_600_000;

function attemptFact(subject: SubjectId, account: string | null, event: LoggedEvent): CoverageFact | null {
  const capability = capabilityOf(event);
  if (capability === null || event.application === null || !isAttempt(event)) return null;
  return {
    subject,
    application: applicationKey(event.application.name),
    account,
    capability,
    kind: event.outcome === "success" ? "success" : "failure",
    at: event.at,
    eventId: event.id,
  };
}

/** Changes of one account that no attempt of the same capability explains, those within a day of the first as one. */
function manualFacts(
  subject: SubjectId,
  account: Account,
  attempts: readonly CoverageFact[],
): CoverageFact[] {
  const facts: CoverageFact[] = [];
  const counted = new Map<Capability, Instant>();
  for (const event of account.events) {
    const byHand = event.layer === "application" || event.detail === "assignment";
    const capability = capabilityOf(event);
    if (!byHand || event.outcome !== "success" || capability === null) continue;
    const explained = attempts.some(
      (attempt) => attempt.capability === capability && Math.abs(attempt.at - event.at) <= SAME_CHANGE_MS,
    );
    const before = counted.get(capability);
    if (explained || (before !== undefined && event.at - before <= SAME_CHANGE_MS)) continue;
    counted.set(capability, event.at);
    facts.push({
      subject,
      application: account.application,
      account: account.account,
      capability,
      kind: "manual",
      at: event.at,
      eventId: event.id,
    });
  }
  return facts;
}

/** Attempts and unexplained changes of a subject's accounts. */
export function accountCoverage(subject: SubjectId, accounts: readonly Account[]): CoverageFact[] {
  return accounts.flatMap((account) => {
    const attempts = account.events
      .map((event) => attemptFact(subject, account.account, event))
      .filter((fact) => fact !== null);
    return [...attempts, ...manualFacts(subject, account, attempts)];
  });
}

/** Attempts on an application's groups: each group counts as one that was attempted. */
export function groupCoverage(subject: SubjectId, events: readonly LoggedEvent[]): CoverageFact[] {
  return events
    .filter((event) => event.object === "group")
    .map((event) => attemptFact(subject, event.entitlement?.name ?? null, event))
    .filter((fact) => fact !== null);
}

/** What trials of an application have shown of its capabilities. */
export function trialCoverage(subject: SubjectId, events: readonly LoggedEvent[]): TrialFact[] {
  const facts: TrialFact[] = [];
  for (const { detail, operation, outcome, application, attributes, at, id } of events) {
    if (detail !== "trial" || application === null) continue;
    // Of the trial as a whole there is none.
    const capability = capabilityOfOperation(operation, false);
    const trial = TRIAL_KINDS.find((kind) => kind === attributes?.kind);
    if (capability === null || trial === undefined) continue;
    if (outcome !== "success" && outcome !== "failure") continue;
    facts.push({
      subject,
      application: applicationKey(application.name),
      account: null,
      capability,
      kind: outcome === "success" ? "proved" : "disproved",
      trial,
      at,
      eventId: id,
    });
  }
  return facts;
}
