/** How a change reaches an application: at once, after retries, or not at all. */
import { HOUR, type Instant, MINUTE, SECOND } from "../calendar.ts";
import { ENTRA_FAULTS, OKTA_FAULTS } from "../faults.ts";
import type { Account, Action, Fault, Plan } from "../plan.ts";

export interface Trouble {
  fault: Fault;
  /** How often it fails before it works. */
  times: number;
  /** It never works. */
  forGood?: boolean;
}

/** An attempt that ends one way; returns its moment. */
export function attempt(
  plan: Plan,
  account: Account,
  action: Action,
  at: Instant,
  result: Fault | "success" | "skipped" = "success",
  group: string | null = null,
): Instant {
  const base = { kind: "attempt", account, action, group } as const;
  return result === "success" || result === "skipped"
    ? plan.add(at, { ...base, outcome: result, fault: null })
    : plan.add(at, { ...base, outcome: "failure", fault: result });
}

function reaches(account: Account, action: Action): boolean {
  const { reach } = account.application;
  if (reach === "full") return true;
  if (reach === "no-leavers") return action !== "deactivate" && action !== "delete";
  return reach === "joiners" && action === "create";
}

/**
 * Carries a change to the account's application as far as its provisioning reaches.
 * Returns when it took effect, or null when it did not (or not yet, at the end of the records).
 */
export function deliver(
  plan: Plan,
  account: Account,
  action: Action,
  at: Instant,
  trouble?: Trouble,
  group: string | null = null,
): Instant | null {
  const { application } = account;
  if (!reaches(account, action)) return null;
  if (application.silentSince !== null && at >= application.silentSince) return null;
  const faults = application.idp === "okta" ? OKTA_FAULTS : ENTRA_FAULTS;
  const random = plan.random.fork(`deliver ${account.id} ${action} ${at}`);
  if (application.brokenSince !== null && at >= application.brokenSince) {
    attempt(plan, account, action, at, faults.unauthorized, group);
    if (random.chance(0.5))
      attempt(plan, account, action, at + random.int(40, 300) * MINUTE, faults.unauthorized, group);
    return null;
  }
  // One change in sixty meets a timeout and gets through when it is tried again.
  const met: Trouble | null =
    trouble ?? (random.chance(1 / 60) ? { fault: faults.timeout, times: random.int(1, 2) } : null);
  let moment = at;
  for (let i = 0; met !== null && i < met.times; i++) {
    attempt(plan, account, action, moment, met.fault, group);
    moment +=
      application.idp === "okta" ? random.int(15, 110) * MINUTE : 40 * MINUTE + random.int(1, 90) * SECOND;
  }
  if (met?.forGood === true) return null;
  const done = attempt(plan, account, action, moment, "success", group);
  return plan.future(done) ? null : done;
}

/** Entra works in cycles, Okta at once: how long after a change its effect is tried. */
export function lag(plan: Plan, account: Account, salt: string): number {
  const random = plan.random.fork(`lag ${account.id} ${salt}`);
  return account.application.idp === "okta"
    ? random.int(4 * SECOND, 14 * MINUTE)
    : random.int(5 * MINUTE, 45 * MINUTE) + random.int(0, 999);
}

/** How long somebody takes who does it by hand: mostly days, never near 24 hours after the request. */
export function byHandDelay(plan: Plan, account: Account, salt: string): number {
  const random = plan.random.fork(`by hand ${account.id} ${salt}`);
  return random.chance(0.4) ? random.int(2 * HOUR, 20 * HOUR) : random.int(28 * HOUR, 9 * 24 * HOUR);
}
