/** Joiner cases and their steps. docs/semantics.md, "Joiners". */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { type Account, isActiveAt } from "./accounts.ts";
import { capabilityOf, isAttempt } from "./capability.ts";
import { type Absence, isStateEvent } from "./identity.ts";
import type { JoinerCase, JoinerStep, SubjectId } from "./types.ts";

/** What a person gets so soon after the start comes with joining: access asked for later is another matter. */
export const JOINING_MS = 14 * 24 * 3_600_000;

/**
 * The times that a person joined: a directory's create that is the first word on the person, and each return.
 * What applications say of themselves may come before: accounts are made ahead of the first day.
 * @param events the subject's events in order.
 */
export function joinerCases(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  absences: readonly Absence[],
): JoinerCase[] {
  const knownAt = events.find((event) => event.layer !== "application")?.at;
  const created = events.find(
    (event) => event.at === knownAt && event.operation === "create" && isStateEvent(event),
  );
  const cases: JoinerCase[] =
    created === undefined ? [] : [{ subject, joinedAt: created.at, start: "create" }];
  for (const { rehiredAt } of absences) {
    if (rehiredAt !== null) cases.push({ subject, joinedAt: rehiredAt, start: "rehire" });
  }
  return cases.sort((a, b) => a.joinedAt - b.joinedAt);
}

const SAYS_NOTHING = new Set(["deactivate", "delete", "read", "other"]);

/** Whether the event proves that the account worked then; an assignment is only a wish. */
function proves(event: LoggedEvent): boolean {
  return (
    event.outcome === "success" &&
    event.detail !== "assignment" &&
    event.active !== false &&
    !SAYS_NOTHING.has(event.operation)
  );
}

/** Whether the event asks for the account, tries to make it, or is the first to show it. */
function concerns(account: Account, event: LoggedEvent): boolean {
  const making = event.operation === "create" || event.operation === "reactivate";
  if (event.detail === "assignment") return making && event.outcome === "success";
  if (event.layer === "provisioning" && making) return isAttempt(event);
  return proves(event) && (making || event.id === account.provenanceEventId);
}

function workingSince(account: Account, joinedAt: Instant, until: Instant): Instant | null {
  const proofs = account.events.filter((event) => proves(event) && isActiveAt(account, event.at));
  const before = proofs.some((event) => event.at <= joinedAt) && isActiveAt(account, joinedAt);
  if (before) return joinedAt;
  return proofs.find((event) => event.at > joinedAt && event.at < until)?.at ?? null;
}

function stepOf(joiner: JoinerCase, account: Account, leftAt: Instant | null): JoinerStep | null {
  const { joinedAt } = joiner;
  const until = leftAt ?? Infinity;
  const own = account.events.filter((event) => event.at >= joinedAt && event.at < until);
  if (!own.some((event) => event.at <= joinedAt + JOINING_MS && concerns(account, event))) return null;
  const workingAt = workingSince(account, joinedAt, until);
  const attempts = own.filter((event) => isAttempt(event) && capabilityOf(event) === "joiner");
  return {
    ...joiner,
    application: account.application,
    account: account.account,
    accountUserName: account.userName,
    workingAt,
    leftAt: workingAt === null ? leftAt : null,
    failing: workingAt === null && attempts.at(-1)?.outcome === "failure",
    lastError: attempts.findLast((event) => event.outcome === "failure")?.error?.message ?? null,
  };
}

/** The steps of all of a subject's joiner cases: one for each account asked for, tried or made soon after the start. */
export function joinerSteps(
  cases: readonly JoinerCase[],
  absences: readonly Absence[],
  accounts: readonly Account[],
): JoinerStep[] {
  return cases.flatMap((joiner) => {
    const left = absences.find(({ leftAt }) => leftAt > joiner.joinedAt);
    return accounts
      .map((account) => stepOf(joiner, account, left?.leftAt ?? null))
      .filter((step) => step !== null);
  });
}
