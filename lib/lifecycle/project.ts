/** All read-model rows of one subject: a pure function of its events. */
import type { LoggedEvent } from "../ingest/event.ts";
import { type Account, accountFacts, accountsOf, entitlementFacts, isUse } from "./accounts.ts";
import { accountCoverage, groupCoverage, trialCoverage } from "./coverage.ts";
import { credentialsOf } from "./credentials.ts";
import { driftOf } from "./drift.ts";
import { accountFailures, applicationFailures } from "./failures.ts";
import { absencesOf, identityOf } from "./identity.ts";
import { joinerCases, joinerSteps } from "./joiners.ts";
import { moverSteps } from "./mover-steps.ts";
import { moveChanges } from "./movers.ts";
import { leaverCases, leaverSteps } from "./offboarding.ts";
import { byEventOrder } from "./order.ts";
import { applicationKey, normaliseName } from "./refs.ts";
import type { Projection, Sighting, SubjectId } from "./types.ts";

export const emptyProjection = (): Projection => ({
  identities: [],
  accounts: [],
  cases: [],
  steps: [],
  failures: [],
  coverage: [],
  credentials: [],
  entitlements: [],
  joinerCases: [],
  joinerSteps: [],
  moverSteps: [],
  moves: [],
  drift: [],
  sightings: [],
});

/** Adds one subject's rows to those of others. */
export function addRows(all: Projection, rows: Partial<Projection>): void {
  for (const kind of Object.keys(rows) as (keyof Projection)[]) {
    const list: unknown[] = all[kind];
    for (const row of rows[kind] ?? []) list.push(row);
  }
}

function namesOf(events: readonly LoggedEvent[]): Set<string> {
  const names = new Set<string>();
  for (const { person } of events) {
    if (person?.userName) names.add(normaliseName(person.userName));
    if (person?.email) names.add(normaliseName(person.email));
  }
  return names;
}

/**
 * The accounts of one subject with the events of each.
 * @param events all events of the subject's refs in their order, without repetition.
 */
export const subjectAccounts = (events: readonly LoggedEvent[]): Account[] =>
  accountsOf(events, namesOf(events));

/** The applications that a subject's events name; those of credentials and of directories are no targets. */
function sightingsOf(subject: SubjectId, events: readonly LoggedEvent[]): Sighting[] {
  const sightings = new Map<string, Sighting>();
  for (const event of events) {
    if (event.application === null || event.credential !== null) continue;
    if (event.layer === "directory" && event.object === "application") continue;
    const application = applicationKey(event.application.name);
    const known = sightings.get(application);
    const provisioned =
      event.layer === "provisioning" && event.operation !== "import" && event.operation !== "read";
    sightings.set(application, {
      subject,
      application,
      label: event.application.name.trim(),
      labelAt: event.at,
      provisioned: provisioned || (known?.provisioned ?? false),
      lastSignInAt: isUse(event) ? event.at : (known?.lastSignInAt ?? null),
    });
  }
  return [...sightings.values()];
}

/**
 * @param subject the subject's id.
 * @param unordered all events of the subject's refs, in any order, without repetition.
 */
export function projectSubject(subject: SubjectId, unordered: readonly LoggedEvent[]): Projection {
  // What people decide of access changes nothing at the applications.
  const events = unordered.filter(({ layer }) => layer !== "governance").toSorted(byEventOrder);
  const absences = absencesOf(events);
  const identity = identityOf(subject, events, absences);
  const known = identity?.kind === "identity";
  const accounts = subjectAccounts(events);
  const credentials = credentialsOf(subject, events, known);
  const joiners = joinerCases(subject, events, absences);
  const moves = moveChanges(subject, events, absences, joiners);
  return {
    identities: identity === null ? [] : [identity],
    accounts: accountFacts(subject, accounts, known),
    cases: leaverCases(subject, events, absences),
    steps: leaverSteps(subject, events, absences, accounts, credentials),
    failures: [...accountFailures(subject, accounts), ...applicationFailures(subject, events)],
    coverage: [
      ...accountCoverage(subject, accounts),
      ...groupCoverage(subject, events),
      ...trialCoverage(subject, events),
    ],
    credentials,
    entitlements: entitlementFacts(subject, accounts),
    joinerCases: joiners,
    joinerSteps: joinerSteps(joiners, absences, accounts),
    moverSteps: moverSteps(subject, moves, absences, accounts),
    moves,
    drift: driftOf(subject, moves, joiners, accounts, events),
    sightings: sightingsOf(subject, events),
  };
}
