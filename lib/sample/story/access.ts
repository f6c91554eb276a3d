/** Giving a person an account at an application, taking it away, and giving it back. */
import type { Application } from "../applications.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../calendar.ts";
import type { Account, Person, Plan } from "../plan.ts";
import { attempt, byHandDelay, deliver, lag, type Trouble } from "./delivery.ts";

/** The account a person has (or was to have) at an application. */
export function accountAt(person: Person, name: string): Account | undefined {
  return person.accounts.find((account) => account.application.name === name);
}

export function groupOf(application: Application, department: string): string {
  const prefix = application.name.split(" ")[0]?.toLowerCase() ?? "";
  return `${prefix}-${department.toLowerCase()}`;
}

/** The person uses the account from then on. */
export function startUse(account: Account, from: Instant): void {
  account.uses.push({ from, to: Number.POSITIVE_INFINITY });
}

/** The person stops using the account. */
export function stopUse(account: Account, at: Instant): void {
  const last = account.uses.at(-1);
  if (last !== undefined && last.to > at) last.to = at;
}

/** Puts the account in the group that goes with the person's department. */
function joinGroup(plan: Plan, account: Account, department: string, at: Instant): void {
  const { application } = account;
  if (!application.groups || application.idp !== "okta") return;
  const group = groupOf(application, department);
  deliver(plan, account, "member-add", at, undefined, group);
}

/** Gives the person an account on that day, in the application's own way. */
export function grant(
  plan: Plan,
  person: Person,
  application: Application,
  at: Instant,
  trouble?: Trouble,
): Account | null {
  if (plan.future(at)) return null;
  if (application.silentSince !== null && at >= application.silentSince) return null;
  const account = plan.account(application, person, person.userName, person.displayName);
  const random = plan.random.fork(`grant ${account.id}`);
  if (application.reach === "unmanaged") {
    startUse(account, at + random.int(1, 20) * DAY);
    return account;
  }
  const asked =
    application.idp === "okta" ? plan.add(at, { kind: "assignment", account, action: "add" }) : at;
  if (application.reach === "assigned") {
    startUse(account, asked + DAY);
    return account;
  }
  if (application.reach === "tasks") {
    const done = plan.add(plan.calendar.clear(asked + byHandDelay(plan, account, "create")), {
      kind: "task",
      account,
      action: "create",
    });
    startUse(account, done + HOUR);
    return account;
  }
  const created = deliver(plan, account, "create", asked + random.int(2, 40) * SECOND, trouble);
  if (created === null) return account;
  joinGroup(plan, account, person.department, created + random.int(20, 90) * SECOND);
  startUse(account, created + HOUR);
  return account;
}

/** Lets an account be seen that is older than the records. */
export function seeOlder(plan: Plan, person: Person, application: Application): Account {
  const { calendar } = plan;
  const random = plan.random.fork(`older ${person.userName} ${application.name}`);
  const at = calendar.atWork(random, calendar.start + HOUR, calendar.start + 12 * DAY);
  if (application.firstSeen === "roll-out") {
    const account = grant(plan, person, application, at);
    if (account !== null) return account;
  }
  const account = plan.account(application, person, person.userName, person.displayName);
  if (application.firstSeen === "import") plan.add(at, { kind: "import", account });
  else if (application.firstSeen === "update") attempt(plan, account, "update", at);
  else plan.add(at, { kind: "sign-in", account, ok: true, bare: false });
  startUse(account, at + HOUR);
  return account;
}

export type TakingAway =
  /** As usual: provisioning in minutes, people in days. */
  | { way: "usual" }
  /** Provisioning meets trouble. */
  | { way: "trouble"; trouble: Trouble }
  /** Provisioning fails twice, and somebody ends it by hand so long after. */
  | { way: "by-hand"; after: number; trouble: Trouble }
  /** Nobody does anything. */
  | { way: "forgotten" };

/** Takes the account away after `at`, in the application's own way. */
export function revoke(plan: Plan, account: Account, at: Instant, how: TakingAway = { way: "usual" }): void {
  const { application } = account;
  stopUse(account, at);
  const silent = application.silentSince !== null && at >= application.silentSince;
  if (how.way === "forgotten" || silent || application.reach === "unmanaged") return;
  const salt = `revoke ${at}`;
  const random = plan.random.fork(`${salt} ${account.id}`);
  if (application.idp === "okta" && application.reach !== "joiners") {
    plan.add(at + random.int(1, 3) * SECOND, { kind: "assignment", account, action: "remove" });
  }
  if (application.reach === "tasks") {
    // One task in eight is never done.
    if (random.chance(7 / 8)) {
      const done = plan.calendar.clear(at + byHandDelay(plan, account, salt));
      plan.add(done, { kind: "task", account, action: "deactivate" });
    }
    return;
  }
  const action = application.deletes ? "delete" : "deactivate";
  const moment = at + lag(plan, account, salt);
  if (how.way === "usual") {
    if (application.deletes && application.idp === "okta" && random.chance(0.5)) {
      plan.add(moment - 2 * SECOND, { kind: "delete-scheduled", account });
    }
    deliver(plan, account, action, moment);
    return;
  }
  deliver(plan, account, action, moment, how.trouble);
  if (how.way === "by-hand") plan.add(at + how.after, { kind: "task", account, action: "deactivate" });
}

/** Gives an account back to somebody who returned. */
export function restore(plan: Plan, account: Account, at: Instant): void {
  const { application } = account;
  const random = plan.random.fork(`restore ${account.id} ${at}`);
  if (application.reach === "full" && !application.deletes) {
    if (application.idp === "okta") {
      plan.add(at + random.int(1, 30) * SECOND, { kind: "assignment", account, action: "add" });
    }
    const back = deliver(plan, account, "reactivate", at + lag(plan, account, `restore ${at}`) + MINUTE);
    if (back !== null) startUse(account, back + HOUR);
  }
}

/** Accounts that the person has and has not lost. */
export function heldBy(person: Person): Account[] {
  return person.accounts.filter((account) => account.uses.length > 0 && !hasEnded(account));
}

/** Whether the account, as planned, has been ended and not been brought back. */
export function hasEnded(account: Account): boolean {
  let ended = false;
  for (const happening of [...account.happenings].sort((a, b) => a.at - b.at)) {
    if (happening.kind === "task") ended = happening.action === "deactivate";
    if (happening.kind !== "attempt" || happening.outcome !== "success") continue;
    if (happening.action === "deactivate" || happening.action === "delete") ended = true;
    if (happening.action === "create" || happening.action === "reactivate") ended = false;
  }
  return ended;
}
