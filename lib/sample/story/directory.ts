/** What Okta as the directory says of a person, and what follows for the person's days at work. */
import type { Instant } from "../calendar.ts";
import type { Departure, DirectoryChange, Move, Person, Plan } from "../plan.ts";
import { stopUse } from "./access.ts";

/** Has Okta record a change of the person; returns when. */
export function say(
  plan: Plan,
  person: Person,
  change: DirectoryChange,
  at: Instant,
  move: Move | null = null,
): Instant {
  return plan.add(at, { kind: "directory", person, change, move });
}

export function arrive(person: Person, at: Instant): void {
  person.presence.push({ from: at, to: Number.POSITIVE_INFINITY });
}

/** The person is away from then on: signs in nowhere. */
export function goAway(person: Person, at: Instant): void {
  const last = person.presence.at(-1);
  if (last !== undefined) last.to = Math.min(last.to, at);
  for (const account of person.accounts) stopUse(account, at);
}

/** Books a leaver case. */
export function depart(person: Person, leftAt: Instant, trigger: Departure["trigger"]): Departure {
  const departure: Departure = { leftAt, trigger, rehiredAt: null };
  person.departures.push(departure);
  goAway(person, leftAt);
  return departure;
}
