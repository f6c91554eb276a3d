/**
 * Which records of a subject retention may remove. Pure. Of somebody who is gone, all of them at once; of anybody else
 * old sign-ins and uses, and of these only what changes no row and says nothing of who is who for the first time.
 */
import type { LoggedEvent } from "../ingest/event.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import type { Projection, SubjectId } from "../lifecycle/types.ts";

/** Whether a record may be removed by its age: its source's rule, and nothing that holds it back. */
export type IsOld = (event: LoggedEvent) => boolean;

/** Nothing is left to be done for them, and nothing they have can be used. */
function isGone({ identities, accounts, failures, credentials, steps }: Projection, now: number): boolean {
  const [identity] = identities;
  if (identity === undefined) return false;
  // Of an account that no directory knows nothing but its own end tells.
  const left =
    identity.kind === "account"
      ? accounts.length > 0
      : identity.inactiveFrom !== null && identity.inactiveFrom <= now;
  return (
    left &&
    accounts.every(({ active }) => !active) &&
    credentials.every(({ revokedAt }) => revokedAt !== null) &&
    failures.every(({ openSince }) => openSince === null) &&
    steps.every(({ endedAt, rehiredAt }) => endedAt !== null || rehiredAt !== null)
  );
}

/** Events that say first what they say of who is who. */
function firstToSay(events: readonly LoggedEvent[]): Set<string> {
  const said = new Set<string>();
  const first = new Set<string>();
  for (const event of events) {
    for (const { ref, kind, value } of linkFactsOf(event, event.sourceId)) {
      const fact = JSON.stringify([ref, kind, value]);
      if (said.has(fact)) continue;
      said.add(fact);
      first.add(event.id);
    }
  }
  return first;
}

const rows = (subject: SubjectId, events: readonly LoggedEvent[]): string =>
  JSON.stringify(projectSubject(subject, events));

/**
 * @param unordered all events of the subject, in any order.
 * @param now milliseconds.
 * @returns ids of the events whose records may go.
 */
export function removableOf(
  subject: SubjectId,
  unordered: readonly LoggedEvent[],
  isOld: IsOld,
  now: number,
): string[] {
  const events = unordered.toSorted(byEventOrder);
  if (!events.some(isOld)) return [];
  if (events.every(isOld) && isGone(projectSubject(subject, events), now)) return events.map(({ id }) => id);
  const first = firstToSay(events);
  // The last use of an account or a credential is a state to this day.
  const last = new Map(
    events.map((event) => [`${event.application?.name} ${event.credential?.id}`, event.id]),
  );
  const newest = new Set(last.values());
  const candidates = events.filter(
    (event) => event.layer === "access" && isOld(event) && !first.has(event.id) && !newest.has(event.id),
  );
  if (candidates.length === 0) return [];
  const gone = new Set(candidates.map(({ id }) => id));
  const kept = events.filter(({ id }) => !gone.has(id));
  return rows(subject, events) === rows(subject, kept) ? [...gone] : [];
}
