/** Report offboarding: how fast leavers lose access, the open cases counted. docs/semantics.md §6. */
import type { LeaverCase, LeaverStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { BandTally, OFFBOARDING_BANDS } from "./bands.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { LeaverStatus, OffboardingRow, ReportParams, ScheduledLeaver, StepStatus } from "./contract.ts";
import { type NewFold, Tally } from "./fold.ts";
import type { About, ModelPart } from "./model.ts";
import { commonSla, type GroupedCase, type GroupedStep, offboardingGroups } from "./offboarding-groups.ts";
import { SETTINGS, usedSlas } from "./settings.ts";
import { kaplanMeier, latenciesOf } from "./survival.ts";

function statusOf(step: LeaverStep): StepStatus {
  if (step.rehiredAt !== null) return "rehired";
  if (step.endedAt === null) return step.failing ? "failing" : "open";
  return step.endedAt < step.leftAt ? "early" : "completed";
}

/** Milliseconds that the step has taken or, without an end, has been watched for. */
function elapsed(step: LeaverStep, asOf: number): number {
  return Math.max((step.endedAt ?? step.rehiredAt ?? asOf) - step.leftAt, 0);
}

/** A step without an end, older than the SLA (milliseconds): what a coverage cell calls late. */
export function isPastSla(step: LeaverStep, asOf: number, sla: number): boolean {
  const status = statusOf(step);
  return (status === "open" || status === "failing") && elapsed(step, asOf) > sla;
}

const caseKey = ({ subject, leftAt }: LeaverCase | LeaverStep): string => `${subject} ${leftAt}`;

const isUnfinished = (step: LeaverStep): boolean => step.endedAt === null && step.rehiredAt === null;

const isBreached = (model: ModelPart, step: LeaverStep): boolean =>
  step.rehiredAt === null && elapsed(step, model.asOf) > model.slaOf(step.application);

const statuses = new WeakMap<ModelPart, Map<string, LeaverStatus>>();

/** What the steps of each leaver case came to, by its key. */
function leaverStatuses(model: ModelPart): Map<string, LeaverStatus> {
  const known = statuses.get(model);
  if (known !== undefined) return known;
  const found = new Map<string, LeaverStatus>();
  for (const step of model.steps) {
    const key = caseKey(step);
    if (isBreached(model, step)) found.set(key, "late");
    else if (isUnfinished(step) && found.get(key) !== "late") found.set(key, "pending");
  }
  statuses.set(model, found);
  return found;
}

const customerOf = (model: About, name: string): string | null =>
  model.sources.find(({ source }) => source === name)?.customer ?? null;

/** One step as reports print it. */
export function offboardingRow(model: ModelPart, step: LeaverStep): OffboardingRow {
  const status = statusOf(step);
  const ended = status === "completed" || status === "early";
  const person = model.people.get(step.subject);
  const sla = model.slaOf(step.application);
  return {
    identity: { userName: person?.userName ?? step.subject, displayName: person?.displayName ?? null },
    subject: step.subject,
    application: labelOf(model, step.application),
    account: step.account,
    accountUserName: step.accountUserName,
    leftAt: iso(step.leftAt),
    trigger: step.trigger,
    endedAt: isoOrNull(step.endedAt),
    latency: ended ? seconds(elapsed(step, model.asOf)) : null,
    status,
    accessAfterLeaving: step.accessCount > 0,
    lastAccessAfterLeavingAt: isoOrNull(step.accessLast),
    openFor: status === "open" || status === "failing" ? seconds(elapsed(step, model.asOf)) : null,
    breached: isBreached(model, step),
    lastError: step.lastError,
    leaverStatus: leaverStatuses(model).get(caseKey(step)) ?? "in-time",
    slaSeconds: seconds(sla),
    department: step.department,
    source: step.source,
    customer: customerOf(model, step.source),
  };
}

const RANK: Record<StepStatus, number> = { failing: 0, open: 1, completed: 2, rehired: 3, early: 4 };

/** What is not ended first, the oldest on top; then the newest. */
function byUrgency(a: OffboardingRow, b: OffboardingRow): number {
  const unfinished = (row: OffboardingRow) => (row.openFor === null ? 1 : 0);
  return (
    unfinished(a) - unfinished(b) ||
    (a.openFor === null ? byText(b.leftAt, a.leftAt) : byText(a.leftAt, b.leftAt)) ||
    RANK[a.status] - RANK[b.status] ||
    byText(a.identity.userName, b.identity.userName) ||
    byText(a.application, b.application) ||
    byText(a.account, b.account)
  );
}

const soonestFirst = (a: ScheduledLeaver, b: ScheduledLeaver): number =>
  byText(a.leftAt, b.leftAt) || byText(a.subject, b.subject);

/** Who is to leave; of one application, those who have an active account there. */
function scheduledLeavers(model: ModelPart, params: ReportParams): ScheduledLeaver[] {
  const holders = new Set(
    model.accounts.filter((row) => row.active && ofApplication(params)(row)).map((row) => row.subject),
  );
  return model.scheduled
    .filter(({ subject }) => params.application === undefined || holders.has(subject))
    .map(({ subject, leftAt, source }) => {
      const person = model.people.get(subject);
      const identity = { userName: person?.userName ?? subject, displayName: person?.displayName ?? null };
      return { identity, subject, leftAt: iso(leftAt), source };
    });
}

/** What the figures of groups need of a row: the rows themselves may be many. */
const groupedRow = (row: OffboardingRow): GroupedStep["row"] => ({
  application: row.application,
  leftAt: row.leftAt,
  department: row.department,
  customer: row.customer,
  openFor: row.openFor,
  breached: row.breached,
  slaSeconds: row.slaSeconds,
});

/** `from`, `to` limit when people left, `application` the steps and those who had one. */
export const offboardingFold: NewFold<"offboarding"> = (about, params, list) => {
  const { asOf } = about;
  const to = params.to ?? asOf;
  const inPeriod = ({ leftAt }: { leftAt: number }) => leftAt >= (params.from ?? -Infinity) && leftAt <= to;
  const isWanted = ofApplication(params);
  const rows = list<OffboardingRow>(byUrgency);
  const scheduled = list<ScheduledLeaver>(soonestFirst);
  const steps: GroupedStep[] = [];
  const cases: GroupedCase[] = [];
  const counts = new Tally<
    StepStatus | "access" | "within" | "breached" | "done" | "late" | "pending" | "ended-late"
  >();
  const took = new BandTally(OFFBOARDING_BANDS);
  let earliest = Infinity;
  let oldestOpen: number | null = null;
  const takeStep = (part: ModelPart, step: LeaverStep) => {
    const row = offboardingRow(part, step);
    counts.add(row.status);
    if (row.breached) counts.add("breached");
    else if (row.latency !== null) counts.add("within");
    if (row.latency !== null) {
      took.add(row.latency, row.breached);
      if (row.breached) counts.add("ended-late");
    }
    if (row.openFor !== null) oldestOpen = Math.max(oldestOpen ?? 0, row.openFor);
    steps.push({
      case: caseKey(step),
      row: groupedRow(row),
      duration: { seconds: seconds(elapsed(step, asOf)), ended: row.latency !== null },
    });
    rows.add(row);
    return row;
  };
  return {
    take(part) {
      const concerned = new Set<string>();
      const unfinished = new Set<string>();
      const late = new Set<string>();
      for (const step of part.steps) {
        if (!inPeriod(step) || !isWanted(step)) continue;
        const key = caseKey(step);
        concerned.add(key);
        const row = takeStep(part, step);
        if (row.openFor !== null) unfinished.add(key);
        if (row.breached) late.add(key);
      }
      // All steps of a case are in one part: they are one person's.
      counts.add("late", late.size);
      for (const key of unfinished) if (!late.has(key)) counts.add("pending");
      for (const leaver of part.cases) {
        const key = caseKey(leaver);
        if (!inPeriod(leaver) || (params.application !== undefined && !concerned.has(key))) continue;
        earliest = Math.min(earliest, leaver.leftAt);
        if (leaver.accessCount > 0) counts.add("access");
        if (!unfinished.has(key)) counts.add("done");
        const { department, source } = leaver;
        cases.push({ leftAt: iso(leaver.leftAt), department, customer: customerOf(about, source) });
      }
      for (const leaver of scheduledLeavers(part, params)) scheduled.add(leaver);
    },
    result() {
      const durations = steps.map(({ duration }) => duration);
      const curve = kaplanMeier(durations);
      return {
        ...baseOf(about, { slaSeconds: seconds(SETTINGS.offboardingSla) }),
        from: isoOrNull(params.from ?? (cases.length === 0 ? null : earliest)),
        to: iso(to),
        summary: {
          leavers: cases.length,
          steps: steps.length,
          completed: counts.of("completed"),
          early: counts.of("early"),
          open: counts.of("open"),
          failing: counts.of("failing"),
          rehired: counts.of("rehired"),
          accessAfterLeaving: counts.of("access"),
          withinSla: counts.of("within"),
          breached: counts.of("breached"),
          leaversDone: counts.of("done"),
          leaversInTime: cases.length - counts.of("late") - counts.of("pending"),
          leaversLate: counts.of("late"),
          endedLate: counts.of("ended-late"),
          oldestOpen,
          ...latenciesOf(durations, curve),
        },
        slas: usedSlas(
          about.applicationSettings,
          about.across.labels,
          steps.map(({ row }) => row.application),
        ),
        commonSla: commonSla(steps, seconds(SETTINGS.offboardingSla)),
        took: took.result(),
        curve,
        groups: offboardingGroups(cases, steps),
        scheduled: scheduled.sorted(),
        rows: rows.sorted(),
      };
    },
  };
};
