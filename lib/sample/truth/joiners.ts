/** What the joiners report must say: everybody whom Okta made or took back, and when each new account was shown to work. */
import { DAY, type Instant, iso, SECOND } from "../calendar.ts";
import type { Account, AccountHappening, Person, Plan } from "../plan.ts";
import { kaplanMeier, nearestRank, type Observation } from "./percentiles.ts";
import type { SampleTruth, TrueJoinerRow } from "./rows.ts";
import { stateAt } from "./state.ts";

const JOINING = 14 * DAY;

interface Start {
  at: Instant;
  start: "create" | "rehire";
  /** When the person left again. */
  until: Instant;
}

function startsOf(plan: Plan, person: Person): Start[] {
  const created = plan.happenings.find(
    (one) => one.kind === "directory" && one.person === person && one.change === "create",
  );
  const returns = person.departures.flatMap(({ rehiredAt }) => (rehiredAt === null ? [] : [rehiredAt]));
  const until = (at: Instant) =>
    person.departures.find(({ leftAt }) => leftAt > at)?.leftAt ?? Number.POSITIVE_INFINITY;
  return [
    ...(created === undefined
      ? []
      : [{ at: created.at, start: "create" as const, until: until(created.at) }]),
    ...returns.map((at) => ({ at, start: "rehire" as const, until: until(at) })),
  ];
}

/** Whether somebody tries or manages to make the account work. */
const makes = (one: AccountHappening): boolean =>
  one.kind === "task"
    ? one.action === "create"
    : one.kind === "attempt" &&
      (one.action === "create" || one.action === "reactivate") &&
      one.outcome !== "skipped";

/** Whether it shows an account that can be used, as long as there is one. */
function shows(one: AccountHappening): boolean {
  if (one.kind === "task") return one.action === "create";
  if (one.kind === "sign-in") return one.ok;
  if (one.kind === "import") return true;
  return (
    one.kind === "attempt" &&
    one.outcome === "success" &&
    one.action !== "deactivate" &&
    one.action !== "delete"
  );
}

function stepOf(plan: Plan, person: Person, { at, start, until }: Start, account: Account) {
  const own = account.happenings.filter((one) => one.at >= at && one.at < until);
  const soon = own.filter((one) => one.at <= at + JOINING);
  const asked = soon.some((one) => makes(one) || (one.kind === "assignment" && one.action === "add"));
  const known = account.happenings.find((one) => shows(one));
  if (!asked && !(known !== undefined && soon.includes(known))) return null;
  const active = (moment: Instant) => stateAt(account, moment)?.active === true;
  const before = active(at) && account.happenings.some((one) => one.at <= at && shows(one));
  const proof = own.find((one) => shows(one) && active(one.at));
  const workingAt = before ? at : (proof?.at ?? null);
  const left = workingAt === null && until <= plan.calendar.end;
  const last = own.findLast((one) => one.kind === "attempt" && makes(one));
  const failing = last?.kind === "attempt" && last.outcome === "failure";
  const seconds = Math.floor(((workingAt ?? (left ? until : plan.calendar.end)) - at) / SECOND);
  const row: TrueJoinerRow = {
    identity: { userName: person.userName, displayName: person.displayName },
    application: account.application.name,
    account: account.id,
    joinedAt: iso(at),
    start,
    workingAt: workingAt === null ? null : iso(workingAt),
    latency: workingAt === null ? null : seconds,
    status: workingAt !== null ? "completed" : left ? "left" : failing ? "failing" : "open",
  };
  return { row, observation: { seconds, ended: workingAt !== null } satisfies Observation };
}

export function joinersTruth(plan: Plan): SampleTruth["joiners"] {
  const cases = plan.people.flatMap((person) => startsOf(plan, person).map((start) => ({ person, start })));
  const steps = cases.flatMap(({ person, start }) =>
    person.accounts.flatMap((account) => stepOf(plan, person, start, account) ?? []),
  );
  const observations = steps.map(({ observation }) => observation);
  const rows = steps.map(({ row }) => row);
  const count = (status: TrueJoinerRow["status"]) => rows.filter((row) => row.status === status).length;
  return {
    summary: {
      joiners: cases.length,
      steps: rows.length,
      completed: count("completed"),
      open: count("open"),
      failing: count("failing"),
      left: count("left"),
      naive: { p50: nearestRank(observations, 0.5), p95: nearestRank(observations, 0.95) },
      kaplanMeier: { p50: kaplanMeier(observations, 0.5), p95: kaplanMeier(observations, 0.95) },
    },
    rows,
  };
}
