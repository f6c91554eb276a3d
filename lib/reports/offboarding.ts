/** Report offboarding: how fast leavers lose access, the open cases counted. docs/semantics.md §6. */
import type { LeaverCase, LeaverStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type {
  LeaverStatus,
  OffboardingReport,
  OffboardingRow,
  ReportParams,
  ScheduledLeaver,
  StepStatus,
} from "./contract.ts";
import type { Model } from "./model.ts";
import { type GroupedStep, offboardingGroups } from "./offboarding-groups.ts";
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

const isBreached = (model: Model, step: LeaverStep): boolean =>
  step.rehiredAt === null && elapsed(step, model.asOf) > model.slaOf(step.application);

const statuses = new WeakMap<Model, Map<string, LeaverStatus>>();

/** What the steps of each leaver case came to, by its key. */
function leaverStatuses(model: Model): Map<string, LeaverStatus> {
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

const customerOf = (model: Model, name: string): string | null =>
  model.sources.find(({ source }) => source === name)?.customer ?? null;

/** One step as reports print it. */
export function offboardingRow(model: Model, step: LeaverStep): OffboardingRow {
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

/** Who is to leave; of one application, those who have an active account there. */
function scheduledLeavers(model: Model, params: ReportParams): ScheduledLeaver[] {
  const holders = new Set(
    model.accounts.filter((row) => row.active && ofApplication(params)(row)).map((row) => row.subject),
  );
  return model.scheduled
    .filter(({ subject }) => params.application === undefined || holders.has(subject))
    .map(({ subject, leftAt, source }) => {
      const person = model.people.get(subject);
      const identity = { userName: person?.userName ?? subject, displayName: person?.displayName ?? null };
      return { identity, subject, leftAt: iso(leftAt), source };
    })
    .sort((a, b) => byText(a.leftAt, b.leftAt) || byText(a.subject, b.subject));
}

function measured(model: Model, step: LeaverStep): GroupedStep {
  const row = offboardingRow(model, step);
  return {
    case: caseKey(step),
    row,
    duration: { seconds: seconds(elapsed(step, model.asOf)), ended: row.latency !== null },
  };
}

/** @param params `from`, `to` limit when people left, `application` the steps and those who had one. */
export function offboardingReport(model: Model, params: ReportParams): OffboardingReport {
  const to = params.to ?? model.asOf;
  const inPeriod = ({ leftAt }: { leftAt: number }) => leftAt >= (params.from ?? -Infinity) && leftAt <= to;
  const steps = model.steps
    .filter(inPeriod)
    .filter(ofApplication(params))
    .map((step) => measured(model, step));
  const rows = steps.map(({ row }) => row).sort(byUrgency);
  const concerned = new Set(steps.map((step) => step.case));
  const cases = model.cases
    .filter(inPeriod)
    .filter((leaver) => params.application === undefined || concerned.has(caseKey(leaver)));
  const unfinished = new Set(steps.filter(({ row }) => row.openFor !== null).map((step) => step.case));
  const durations = steps.map(({ duration }) => duration);
  const curve = kaplanMeier(durations);
  const count = (status: StepStatus) => rows.filter((row) => row.status === status).length;
  const starts = cases.map((leaver) => leaver.leftAt);
  const from = params.from ?? (starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)));
  const groupedCases = cases.map((leaver) => ({
    leftAt: iso(leaver.leftAt),
    department: leaver.department,
    customer: customerOf(model, leaver.source),
  }));
  return {
    ...baseOf(model, { slaSeconds: seconds(SETTINGS.offboardingSla) }),
    from: isoOrNull(from),
    to: iso(to),
    summary: {
      leavers: cases.length,
      steps: rows.length,
      completed: count("completed"),
      early: count("early"),
      open: count("open"),
      failing: count("failing"),
      rehired: count("rehired"),
      accessAfterLeaving: cases.filter((leaver) => leaver.accessCount > 0).length,
      withinSla: rows.filter((row) => row.latency !== null && !row.breached).length,
      breached: rows.filter((row) => row.breached).length,
      leaversDone: cases.filter((leaver) => !unfinished.has(caseKey(leaver))).length,
      ...latenciesOf(durations, curve),
    },
    slas: usedSlas(
      model.applicationSettings,
      model.labels,
      rows.map((row) => row.application),
    ),
    curve,
    groups: offboardingGroups(groupedCases, steps),
    scheduled: scheduledLeavers(model, params),
    rows,
  };
}
