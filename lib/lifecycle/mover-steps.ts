/** Whether a move reached the applications: one step for each in which the change was tried. docs/semantics.md §12. */
import type { Instant } from "../ingest/event.ts";
import { type Account, isActiveAt } from "./accounts.ts";
import { capabilityOf, isAttempt } from "./capability.ts";
import { groupBy } from "./group-by.ts";
import type { Absence } from "./identity.ts";
import { JOINING_MS } from "./joiners.ts";
import type { MoveChange, MoverStep, SubjectId } from "./types.ts";

function stepOf(subject: SubjectId, movedAt: Instant, until: Instant, account: Account): MoverStep | null {
  if (!isActiveAt(account, movedAt)) return null;
  const attempts = account.events.filter((event) => {
    const capability = capabilityOf(event);
    const near = event.at >= movedAt && event.at < until && event.at <= movedAt + JOINING_MS;
    return near && isAttempt(event) && (capability === "mover" || capability === "roles");
  });
  if (attempts.length === 0) return null;
  const carriedAt = attempts.find((event) => event.outcome === "success")?.at ?? null;
  return {
    subject,
    movedAt,
    application: account.application,
    account: account.account,
    accountUserName: account.userName,
    carriedAt,
    failing: carriedAt === null,
    lastError: attempts.findLast((event) => event.outcome === "failure")?.error?.message ?? null,
  };
}

/**
 * The steps of a subject's mover cases: an account that was active at the move and on which an update or a change of
 * roles was tried within 14 days, before the next move or leaving. It is carried by the first that succeeds. Where
 * nothing was tried, only the provider's mapping knows whether the application is concerned: no step.
 */
export function moverSteps(
  subject: SubjectId,
  moves: readonly MoveChange[],
  absences: readonly Absence[],
  accounts: readonly Account[],
): MoverStep[] {
  const starts = [...groupBy(moves, ({ movedAt }) => movedAt).keys()].sort((a, b) => a - b);
  return starts.flatMap((movedAt, i) => {
    const left = absences.find(({ leftAt }) => leftAt > movedAt)?.leftAt ?? Infinity;
    const until = Math.min(starts[i + 1] ?? Infinity, left);
    return accounts
      .map((account) => stepOf(subject, movedAt, until, account))
      .filter((step) => step !== null);
  });
}
