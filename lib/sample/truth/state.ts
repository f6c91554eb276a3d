/** The state of the plan's accounts and people at a moment. */
import type { Instant } from "../calendar.ts";
import type { Account, AccountHappening, Person } from "../plan.ts";

/** What a happening does to whether there is an active account. */
function effectOf(happening: AccountHappening): "starts" | "ends" | "none" {
  if (happening.kind === "task") return happening.action === "create" ? "starts" : "ends";
  if (happening.kind !== "attempt" || happening.outcome !== "success") return "none";
  if (happening.action === "create" || happening.action === "reactivate") return "starts";
  return happening.action === "deactivate" || happening.action === "delete" ? "ends" : "none";
}

export function ends(happening: AccountHappening): boolean {
  return effectOf(happening) === "ends";
}

function isCreate(happening: AccountHappening): boolean {
  if (happening.kind === "task") return happening.action === "create";
  return happening.kind === "attempt" && happening.action === "create";
}

function madeIt(happening: AccountHappening): boolean {
  return isCreate(happening) && effectOf(happening) === "starts";
}

/** Whether the happening shows that there was an account already: anything but a creation or an assignment. */
function presupposes(happening: AccountHappening): boolean {
  if (happening.kind === "assignment" || isCreate(happening)) return false;
  return !(happening.kind === "sign-in" && !happening.ok);
}

/** What is known of an account by that moment, that moment included; null when there is none. */
export interface AccountState {
  active: boolean;
  createdAt: Instant | null;
  /** When the account was first known to be there. */
  knownSince: Instant;
}

/** Reads the account's state from its happenings up to a moment. */
export function stateAt(account: Account, at: Instant): AccountState | null {
  const past = account.happenings.filter((happening) => happening.at <= at);
  const created = past.find(madeIt);
  const older = past.find(presupposes);
  const first = past[0];
  if (first === undefined) return null;
  // An assignment is taken for an account until creating it has been tried in vain.
  const assumed = past.some(({ kind }) => kind === "assignment") && !past.some(isCreate);
  if (created === undefined && older === undefined && !assumed) return null;
  const existed = older !== undefined && (created === undefined || older.at < created.at);
  const last = past.findLast((happening) => effectOf(happening) !== "none");
  return {
    active: last === undefined || effectOf(last) === "starts",
    createdAt: existed || created === undefined ? null : created.at,
    knownSince: first.at,
  };
}

/** When the account was last signed in to. */
export function lastSignIn(account: Account): Instant | null {
  return account.happenings.findLast((happening) => happening.kind === "sign-in" && happening.ok)?.at ?? null;
}

/** Whether the person has left and not come back by the end of the records. */
export function hasLeft(person: Person): boolean {
  return person.departures.some(({ rehiredAt }) => rehiredAt === null);
}
