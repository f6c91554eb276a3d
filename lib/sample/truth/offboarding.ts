/** What the offboarding report must say: each departure as it was planned, with the fate of each account. */
import { DAY, type Instant, iso, SECOND } from "../calendar.ts";
import type { Account, Departure, Person, Plan } from "../plan.ts";
import { kaplanMeier, nearestRank, type Observation } from "./percentiles.ts";
import type { SampleTruth, TrueOffboardingRow } from "./rows.ts";
import { ends, stateAt } from "./state.ts";

const EARLY = 7 * DAY;

interface Step {
  row: TrueOffboardingRow;
  observation: Observation;
}

const wholeSeconds = (milliseconds: number) => Math.floor(milliseconds / SECOND);

/** Whether a moment lies after the leaving and before the return. */
function during({ leftAt, rehiredAt }: Departure, at: Instant): boolean {
  return at > leftAt && (rehiredAt === null || at < rehiredAt);
}

function step(
  plan: Plan,
  person: Person,
  departure: Departure,
  about: { application: string; account: string; access: boolean },
  fate: { endedAt: Instant | null; early: boolean; failing: boolean },
): Step {
  const { leftAt, rehiredAt } = departure;
  const back = rehiredAt !== null && (fate.endedAt === null || rehiredAt < fate.endedAt);
  const endedAt = back ? null : fate.endedAt;
  const latency = endedAt === null ? null : fate.early ? 0 : wholeSeconds(endedAt - leftAt);
  const unended = fate.failing ? "failing" : "open";
  const status = fate.early ? "early" : back ? "rehired" : endedAt === null ? unended : "completed";
  const until = back ? rehiredAt : plan.calendar.end;
  return {
    row: {
      identity: { userName: person.userName, displayName: person.displayName },
      application: about.application,
      account: about.account,
      leftAt: iso(leftAt),
      trigger: departure.trigger,
      endedAt: endedAt === null ? null : iso(endedAt),
      latency,
      status,
      accessAfterLeaving: about.access,
    },
    observation: { seconds: latency ?? wholeSeconds(until - leftAt), ended: latency !== null },
  };
}

function stepOf(plan: Plan, person: Person, departure: Departure, account: Account): Step | null {
  const { leftAt } = departure;
  const { happenings } = account;
  const before = stateAt(account, leftAt - 1);
  if (before === null) return null;
  const attempted = happenings.filter(
    (one) =>
      one.at >= leftAt && one.kind === "attempt" && (one.action === "deactivate" || one.action === "delete"),
  );
  const last = attempted.at(-1);
  const access = happenings.some((one) => one.kind === "sign-in" && one.ok && during(departure, one.at));
  const about = { application: account.application.name, account: account.id, access };
  if (!before.active) {
    const end = happenings.findLast((one) => one.at < leftAt && ends(one));
    if (end === undefined || leftAt - end.at > EARLY) return null;
    return step(plan, person, departure, about, { endedAt: end.at, early: true, failing: false });
  }
  const end = happenings.find((one) => one.at >= leftAt && ends(one));
  const failing = last?.kind === "attempt" && last.outcome === "failure";
  return step(plan, person, departure, about, { endedAt: end?.at ?? null, early: false, failing });
}

function stepsOf(plan: Plan, person: Person, departure: Departure): Step[] {
  const steps = person.accounts.flatMap((account) => stepOf(plan, person, departure, account) ?? []);
  for (const credential of person.credentials) {
    const { createdAt, revokedAt, usedAt, id } = credential;
    if (createdAt > departure.leftAt || (revokedAt !== null && revokedAt < departure.leftAt)) continue;
    const about = { application: "Okta", account: id, access: usedAt.some((at) => during(departure, at)) };
    steps.push(step(plan, person, departure, about, { endedAt: revokedAt, early: false, failing: false }));
  }
  return steps;
}

/** Whether the person got in anywhere between leaving and return. */
function gotIn(person: Person, departure: Departure): boolean {
  const moments = [
    ...person.sessions,
    ...person.credentials.flatMap(({ usedAt }) => usedAt),
    ...person.accounts.flatMap(({ happenings }) =>
      happenings.flatMap((one) => (one.kind === "sign-in" && one.ok ? [one.at] : [])),
    ),
  ];
  return moments.some((at) => during(departure, at));
}

export function offboardingTruth(plan: Plan): SampleTruth["offboarding"] {
  const cases = plan.people.flatMap((person) =>
    person.departures.map((departure) => ({ person, departure })),
  );
  const steps = cases.flatMap(({ person, departure }) => stepsOf(plan, person, departure));
  const observations = steps.map(({ observation }) => observation);
  const count = (status: TrueOffboardingRow["status"]) =>
    steps.filter(({ row }) => row.status === status).length;
  return {
    summary: {
      leavers: cases.length,
      steps: steps.length,
      completed: count("completed"),
      early: count("early"),
      open: count("open"),
      failing: count("failing"),
      rehired: count("rehired"),
      accessAfterLeaving: cases.filter(({ person, departure }) => gotIn(person, departure)).length,
      naive: { p50: nearestRank(observations, 0.5), p95: nearestRank(observations, 0.95) },
      kaplanMeier: { p50: kaplanMeier(observations, 0.5), p95: kaplanMeier(observations, 0.95) },
    },
    rows: steps.map(({ row }) => row),
  };
}
