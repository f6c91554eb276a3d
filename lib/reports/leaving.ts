/** One person's leaving, application by application: the events behind each step. docs/semantics.md §6. */
import type { LoggedEvent } from "../ingest/event.ts";
import { isUse } from "../lifecycle/accounts.ts";
import { capabilityOf, isAttempt } from "../lifecycle/capability.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { subjectAccounts } from "../lifecycle/project.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { LeaverCase, LeaverStep, SubjectId } from "../lifecycle/types.ts";
import { byText, iso, isoOrNull, labelOf } from "./base.ts";
import type { Leaving, LeavingLane, LeavingMark } from "./contract.ts";
import type { Model } from "./model.ts";
import { offboardingRow } from "./offboarding.ts";
import { summaryOf } from "./summary.ts";

/** The events of each account and credential, by what a step names it with. */
function eventsOfSteps(events: readonly LoggedEvent[]): (step: LeaverStep) => readonly LoggedEvent[] {
  const accounts = new Map(
    subjectAccounts(events).map(({ application, account, events: own }) => [
      `${application}\u0000${account}`,
      own,
    ]),
  );
  const credentials = groupBy(
    events.filter((event) => event.credential !== null),
    (event) => event.credential?.id ?? "",
  );
  return ({ application, account }) =>
    accounts.get(`${application}\u0000${account}`) ?? credentials.get(account) ?? [];
}

const markOf = (kind: LeavingMark["kind"], event: LoggedEvent): LeavingMark => ({
  kind,
  at: iso(event.at),
  eventId: event.id,
  summary: summaryOf(event),
  message: kind === "failure" ? (event.error?.message ?? null) : null,
});

const isFailedEnd = (event: LoggedEvent): boolean =>
  isAttempt(event) && event.outcome === "failure" && capabilityOf(event) === "leaver";

/** What counts for a step within its case: the failed attempts, the end, and uses after the start. */
function marksOf(
  own: readonly LoggedEvent[],
  { leftAt, endedAt }: Pick<LeaverStep, "leftAt" | "endedAt">,
  until: number,
): LeavingMark[] {
  const end = own.find(
    (event) => event.at === endedAt && event.outcome === "success" && event.layer !== "access",
  );
  const marks = own.flatMap((event): LeavingMark[] => {
    if (event === end) return [markOf("end", event)];
    if (event.at >= until) return [];
    if (isFailedEnd(event) && event.at >= leftAt) return [markOf("failure", event)];
    return isUse(event) && event.at > leftAt ? [markOf("access", event)] : [];
  });
  return marks;
}

const used = ({ marks }: LeavingLane): number => Number(marks.some(({ kind }) => kind === "access"));
const unfinished = ({ step }: LeavingLane): number => Number(step !== null && step.openFor !== null);

const byUrgency = (a: LeavingLane, b: LeavingLane): number =>
  used(b) - used(a) ||
  unfinished(b) - unfinished(a) ||
  byText(a.application, b.application) ||
  byText(a.step?.account ?? "", b.step?.account ?? "");

/** Uses that no step's account explains: at the identity provider, or where no account is on record. */
function elsewhere(model: Model, uses: readonly LoggedEvent[]): LeavingLane[] {
  const byPlace = groupBy(uses, (event) =>
    event.application === null ? "" : applicationKey(event.application.name),
  );
  return [...byPlace].map(([place, own]) => ({
    application: place === "" ? (own[0]?.sourceId ?? "") : labelOf(model, place),
    step: null,
    marks: own.map((event) => markOf("access", event)),
  }));
}

function triggerOf(events: readonly LoggedEvent[], { leftAt, source }: LeaverCase): string | null {
  const said = events.filter((event) => event.layer === "directory" && event.sourceId === source);
  const began =
    said.find((event) => (event.effectiveAt ?? event.at) === leftAt) ??
    said.find((event) => event.at === leftAt);
  return began?.id ?? null;
}

/**
 * @param events all events of the subject up to the model's moment, in any order.
 * @returns each departure of the subject, the newest first.
 */
export function leavingsOf(model: Model, subject: SubjectId, events: readonly LoggedEvent[]): Leaving[] {
  const cases = model.cases.filter((leaver) => leaver.subject === subject);
  if (cases.length === 0) return [];
  const inOrder = events.toSorted(byEventOrder);
  const ofStep = eventsOfSteps(inOrder);
  const steps = model.steps.filter((step) => step.subject === subject);
  return cases
    .toSorted((a, b) => b.leftAt - a.leftAt)
    .map((leaver): Leaving => {
      const until = leaver.rehiredAt ?? Infinity;
      const told = new Set<string>();
      const lanes = steps
        .filter(({ leftAt }) => leftAt === leaver.leftAt)
        .map((step): LeavingLane => {
          const marks = marksOf(ofStep(step), step, until);
          for (const mark of marks) told.add(mark.eventId);
          return { application: labelOf(model, step.application), step: offboardingRow(model, step), marks };
        });
      const others = inOrder.filter(
        (event) => isUse(event) && event.at > leaver.leftAt && event.at < until && !told.has(event.id),
      );
      return {
        leftAt: iso(leaver.leftAt),
        trigger: leaver.trigger,
        source: leaver.source,
        eventId: triggerOf(inOrder, leaver),
        rehiredAt: isoOrNull(leaver.rehiredAt),
        until: iso(Math.min(until, model.asOf)),
        lanes: [...lanes, ...elsewhere(model, others)].sort(byUrgency),
      };
    });
}
