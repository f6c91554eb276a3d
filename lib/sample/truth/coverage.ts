/** What the coverage map must say of each application. */
import type { Capability, CoverageState } from "../../reports/contract.ts";
import type { Application } from "../applications.ts";
import { DAY, type Instant, iso } from "../calendar.ts";
import type { Account, AccountHappening, Action, Plan } from "../plan.ts";
import { type FailingItem, failingItems } from "./failures.ts";
import { offboardingTruth } from "./offboarding.ts";
import type { SampleTruth, TrueCell, TrueCoverageRow } from "./rows.ts";
import { lastSignIn, stateAt } from "./state.ts";

const CAPABILITIES: readonly Capability[] = ["joiner", "mover", "roles", "leaver"];

const CAPABILITY_OF: Record<Action, Capability> = {
  create: "joiner",
  reactivate: "joiner",
  update: "mover",
  deactivate: "leaver",
  delete: "leaver",
  "member-add": "roles",
  "member-remove": "roles",
};

interface Attempt {
  at: Instant;
  account: Account | null;
  ok: boolean;
}

/** The account's attempts of one capability. */
function attemptsAt(account: Account, capability: Capability): Attempt[] {
  return account.happenings.flatMap((one) => {
    if (one.kind !== "attempt" || one.outcome === "skipped" || CAPABILITY_OF[one.action] !== capability)
      return [];
    return [{ at: one.at, account, ok: one.outcome === "success" }];
  });
}

/** Attempts of one capability at an application: of accounts, and for roles of groups too. */
function attemptsOf(
  plan: Plan,
  application: Application,
  accounts: Account[],
  capability: Capability,
): Attempt[] {
  const attempts = accounts.flatMap((account) => attemptsAt(account, capability));
  if (capability !== "roles") return attempts;
  for (const one of plan.happenings) {
    if (one.kind === "group-push" && one.application === application) {
      attempts.push({ at: one.at, account: null, ok: true });
    }
  }
  return attempts;
}

function byHand(happening: AccountHappening): Capability | null {
  if (happening.kind === "task") return happening.action === "create" ? "joiner" : "leaver";
  if (happening.kind !== "assignment") return null;
  return ({ add: "joiner", update: "mover", remove: "leaver" } as const)[happening.action];
}

/** Changes that no attempt explains; those of one account within a day of the first are one, dated by the first. */
function manualChanges(accounts: Account[], capability: Capability): Instant[] {
  return accounts.flatMap((account) => {
    const tried = attemptsAt(account, capability).map(({ at }) => at);
    const changes: Instant[] = [];
    for (const one of account.happenings) {
      if (byHand(one) !== capability || tried.some((at) => Math.abs(at - one.at) <= DAY)) continue;
      const last = changes.at(-1);
      if (last === undefined || one.at - last > DAY) changes.push(one.at);
    }
    return changes;
  });
}

/** Accounts attempted, and those whose last attempt failed. */
function leftInFailure(attempts: Attempt[]): { attempted: number; left: number } {
  const last = new Map<Account, Attempt>();
  for (const attempt of [...attempts].sort((a, b) => a.at - b.at)) {
    if (attempt.account !== null) last.set(attempt.account, attempt);
  }
  return { attempted: last.size, left: [...last.values()].filter(({ ok }) => !ok).length };
}

function cellOf(
  plan: Plan,
  attempts: Attempt[],
  manual: Instant[],
  trouble: { stale: boolean; overdue: boolean },
): TrueCell {
  const from = plan.calendar.ago(90);
  const recent = attempts.filter(({ at }) => at >= from);
  const successes = recent.filter(({ ok }) => ok).length;
  const inWindow = manual.filter((at) => at >= from).length;
  const { attempted, left } = leftInFailure(recent);
  let state: CoverageState;
  if (recent.length > 0) {
    const bad = left * 20 > attempted || successes === 0 || trouble.stale || trouble.overdue;
    state = bad ? "degraded" : "automated";
  } else if (inWindow > 0) state = "manual";
  else state = attempts.some(({ ok }) => ok) ? "untested" : "none";
  const shown = attempts.length > 0 ? attempts.map(({ at }) => at) : manual;
  return {
    state,
    successes,
    failures: recent.length - successes,
    manual: inWindow,
    lastEventAt: shown.length > 0 ? iso(Math.max(...shown)) : null,
  };
}

/** Whether a failure of that capability, or of the connection, has been open for more than three days. */
function isStale(plan: Plan, items: FailingItem[], capability: Capability): boolean {
  return items.some(({ operation, openSince }) => {
    const concerns = operation === "other" || CAPABILITY_OF[operation as Action] === capability;
    return concerns && openSince !== null && plan.calendar.end - openSince > 3 * DAY;
  });
}

export function coverageTruth(plan: Plan): SampleTruth["coverage"] {
  const { end } = plan.calendar;
  const items = failingItems(plan);
  const overdue = new Set(
    offboardingTruth(plan)
      .rows.filter(({ status, leftAt }) => {
        return (status === "open" || status === "failing") && end - Date.parse(leftAt) > DAY;
      })
      .map(({ application }) => application),
  );
  const rows = plan.applications.flatMap((application) => {
    const accounts = plan.accounts.filter((account) => account.application === application);
    if (accounts.every(({ happenings }) => happenings.length === 0)) return [];
    const active = accounts.filter((account) => stateAt(account, end)?.active === true);
    const people = new Set<object>(active.map((account) => account.person ?? account));
    for (const account of accounts) {
      if (account.person !== null && (lastSignIn(account) ?? 0) >= plan.calendar.ago(90))
        people.add(account.person);
    }
    let manual = 0;
    const ofApplication = items.filter((item) => item.application === application.name);
    const cells = Object.fromEntries(
      CAPABILITIES.map((capability) => {
        const attempts = attemptsOf(plan, application, accounts, capability);
        const cell = cellOf(plan, attempts, manualChanges(accounts, capability), {
          stale: isStale(plan, ofApplication, capability),
          overdue: capability === "leaver" && overdue.has(application.name),
        });
        manual += cell.manual;
        return [capability, cell];
      }),
    ) as Record<Capability, TrueCell>;
    const provisioned =
      accounts.some(({ happenings }) =>
        happenings.some(({ kind }) => kind === "attempt" || kind === "delete-scheduled"),
      ) || plan.happenings.some((one) => "application" in one && one.application === application);
    return [
      {
        application: application.name,
        cells,
        accounts: active.length,
        uncovered: !provisioned,
        people: people.size,
        manual,
      },
    ];
  });
  rows.sort((a, b) => {
    if (a.manual !== b.manual) return b.manual - a.manual;
    if (a.people !== b.people) return b.people - a.people;
    return a.application.toLowerCase() < b.application.toLowerCase() ? -1 : 1;
  });
  return {
    rows: rows.map(({ application, cells, accounts, uncovered }, i): TrueCoverageRow => {
      return { application, cells, accounts, uncovered, rank: i + 1 };
    }),
  };
}
