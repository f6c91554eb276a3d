/** Report offboarding: how fast leavers lose access, the open cases counted. docs/semantics.md §6. */
import type { LeaverStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { OffboardingReport, OffboardingRow, ReportParams, StepStatus } from "./contract.ts";
import type { Model } from "./model.ts";
import { SETTINGS } from "./settings.ts";
import { type Duration, kaplanMeier, nearestRank, survivalPercentile } from "./survival.ts";

function statusOf(step: LeaverStep): StepStatus {
  if (step.rehiredAt !== null) return "rehired";
  if (step.endedAt === null) return step.failing ? "failing" : "open";
  return step.endedAt < step.leftAt ? "early" : "completed";
}

/** Milliseconds that the step has taken or, without an end, has been watched for. */
function elapsed(step: LeaverStep, asOf: number): number {
  return Math.max((step.endedAt ?? step.rehiredAt ?? asOf) - step.leftAt, 0);
}

/** A step without an end, older than the SLA: what a coverage cell calls late. */
export function isPastSla(step: LeaverStep, asOf: number): boolean {
  const status = statusOf(step);
  return (status === "open" || status === "failing") && elapsed(step, asOf) > SETTINGS.offboardingSla;
}

/** One step as reports print it. */
export function offboardingRow(model: Model, step: LeaverStep): OffboardingRow {
  const status = statusOf(step);
  const ended = status === "completed" || status === "early";
  const person = model.people.get(step.subject);
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
    breached: status !== "rehired" && elapsed(step, model.asOf) > SETTINGS.offboardingSla,
    lastError: step.lastError,
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

export function offboardingReport(model: Model, params: ReportParams): OffboardingReport {
  const to = params.to ?? model.asOf;
  const inPeriod = ({ leftAt }: { leftAt: number }) => leftAt >= (params.from ?? -Infinity) && leftAt <= to;
  const steps = model.steps.filter(inPeriod).filter(ofApplication(params));
  const rows = steps.map((step) => offboardingRow(model, step)).sort(byUrgency);
  const caseKey = ({ subject, leftAt }: { subject: string; leftAt: number }) => `${subject} ${leftAt}`;
  const concerned = new Set(steps.map(caseKey));
  const cases = model.cases
    .filter(inPeriod)
    .filter((leaver) => params.application === undefined || concerned.has(caseKey(leaver)));
  const unfinished = new Set(
    steps.filter((step) => ["open", "failing"].includes(statusOf(step))).map(caseKey),
  );
  const durations = steps.map((step): Duration => {
    const status = statusOf(step);
    return {
      seconds: seconds(elapsed(step, model.asOf)),
      ended: status === "completed" || status === "early",
    };
  });
  const curve = kaplanMeier(durations);
  const count = (status: StepStatus) => rows.filter((row) => row.status === status).length;
  const starts = cases.map((leaver) => leaver.leftAt);
  const from = params.from ?? (starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)));
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
      naive: { p50: nearestRank(durations, 0.5), p95: nearestRank(durations, 0.95) },
      kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
    },
    curve,
    rows,
  };
}
