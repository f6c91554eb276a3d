/** Report joiners: how soon new people's accounts work, those still waiting counted. docs/semantics.md, "Joiners". */
import { groupBy } from "../lifecycle/group-by.ts";
import type { JoinerStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { JoinerRow, JoinerStatus, JoinersReport, ReportParams } from "./contract.ts";
import type { Model } from "./model.ts";
import { type Duration, kaplanMeier, nearestRank, survivalPercentile } from "./survival.ts";

function statusOf(step: JoinerStep, asOf: number): JoinerStatus {
  if (step.workingAt !== null) return "completed";
  // A leaving that is only announced leaves the step open until its day.
  if (step.leftAt !== null && step.leftAt <= asOf) return "left";
  return step.failing ? "failing" : "open";
}

/** How long the step took, or has been watched for. */
function durationOf(step: JoinerStep, asOf: number): Duration {
  const until = step.workingAt ?? Math.min(step.leftAt ?? asOf, asOf);
  return { seconds: seconds(until - step.joinedAt), ended: step.workingAt !== null };
}

/** One step as reports print it. */
export function joinerRow(model: Model, step: JoinerStep): JoinerRow {
  const status = statusOf(step, model.asOf);
  const took = durationOf(step, model.asOf).seconds;
  const person = model.people.get(step.subject);
  return {
    identity: { userName: person?.userName ?? step.subject, displayName: person?.displayName ?? null },
    subject: step.subject,
    application: labelOf(model, step.application),
    account: step.account,
    accountUserName: step.accountUserName,
    joinedAt: iso(step.joinedAt),
    start: step.start,
    workingAt: isoOrNull(step.workingAt),
    latency: status === "completed" ? took : null,
    status,
    openFor: status === "open" || status === "failing" ? took : null,
    lastError: step.lastError,
  };
}

/** What still waits first, the oldest on top; then the newest. */
function byUrgency(a: JoinerRow, b: JoinerRow): number {
  const waits = (row: JoinerRow) => (row.openFor === null ? 1 : 0);
  return (
    waits(a) - waits(b) ||
    (a.openFor === null ? byText(b.joinedAt, a.joinedAt) : byText(a.joinedAt, b.joinedAt)) ||
    byText(a.identity.userName, b.identity.userName) ||
    byText(a.application, b.application) ||
    byText(a.account, b.account)
  );
}

const caseKey = ({ subject, joinedAt }: { subject: string; joinedAt: number }) => `${subject} ${joinedAt}`;

/** Of each joiner the step that worked first, else the one watched longest. */
function firstAccounts(steps: readonly JoinerStep[], asOf: number): Duration[] {
  return [...groupBy(steps, caseKey).values()].flatMap((own) => {
    const durations = own.map((step) => durationOf(step, asOf));
    const ended = durations.filter((duration) => duration.ended).sort((a, b) => a.seconds - b.seconds);
    return ended[0] ?? durations.sort((a, b) => b.seconds - a.seconds)[0] ?? [];
  });
}

export function joinersReport(model: Model, params: ReportParams): JoinersReport {
  const to = Math.min(params.to ?? model.asOf, model.asOf);
  const inPeriod = ({ joinedAt }: { joinedAt: number }) =>
    joinedAt >= (params.from ?? -Infinity) && joinedAt <= to;
  const steps = model.joinerSteps.filter(inPeriod).filter(ofApplication(params));
  const concerned = new Set(steps.map(caseKey));
  const cases = model.joinerCases
    .filter(inPeriod)
    .filter((joiner) => params.application === undefined || concerned.has(caseKey(joiner)));
  const rows = steps.map((step) => joinerRow(model, step)).sort(byUrgency);
  const durations = steps.map((step) => durationOf(step, model.asOf));
  const curve = kaplanMeier(durations);
  const count = (status: JoinerStatus) => rows.filter((row) => row.status === status).length;
  const starts = cases.map(({ joinedAt }) => joinedAt);
  const first = params.from ?? (starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)));
  return {
    ...baseOf(model, {}),
    from: isoOrNull(first),
    to: iso(to),
    summary: {
      joiners: cases.length,
      steps: rows.length,
      completed: count("completed"),
      open: count("open"),
      failing: count("failing"),
      left: count("left"),
      naive: { p50: nearestRank(durations, 0.5), p95: nearestRank(durations, 0.95) },
      kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
      firstAccount: survivalPercentile(kaplanMeier(firstAccounts(steps, model.asOf)), 0.5),
    },
    rows,
  };
}
