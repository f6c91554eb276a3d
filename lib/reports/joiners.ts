/** Report joiners: how soon new people's accounts work, those still waiting counted. docs/semantics.md, "Joiners". */
import { groupBy } from "../lifecycle/group-by.ts";
import type { JoinerStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { BandTally, JOINER_BANDS } from "./bands.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { JoinerRow, JoinerStatus } from "./contract.ts";
import { type NewFold, Tally } from "./fold.ts";
import type { ModelPart } from "./model.ts";
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
export function joinerRow(model: ModelPart, step: JoinerStep): JoinerRow {
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

export const joinersFold: NewFold<"joiners"> = (about, params, list) => {
  const { asOf } = about;
  const to = Math.min(params.to ?? asOf, asOf);
  const isWanted = ofApplication(params);
  const inPeriod = ({ joinedAt }: { joinedAt: number }) =>
    joinedAt >= (params.from ?? -Infinity) && joinedAt <= to;
  const rows = list<JoinerRow>(byUrgency);
  const statuses = new Tally<JoinerStatus>();
  const durations: Duration[] = [];
  const took = new BandTally(JOINER_BANDS);
  const firsts: Duration[] = [];
  let joiners = 0;
  let earliest = Infinity;
  return {
    take(part) {
      const steps = part.joinerSteps.filter(inPeriod).filter(isWanted);
      const concerned = new Set(steps.map(caseKey));
      for (const joiner of part.joinerCases) {
        if (!inPeriod(joiner)) continue;
        if (params.application !== undefined && !concerned.has(caseKey(joiner))) continue;
        joiners += 1;
        earliest = Math.min(earliest, joiner.joinedAt);
      }
      for (const step of steps) {
        const row = joinerRow(part, step);
        statuses.add(row.status);
        if (row.latency !== null) took.add(row.latency);
        durations.push(durationOf(step, asOf));
        rows.add(row);
      }
      for (const first of firstAccounts(steps, asOf)) firsts.push(first);
    },
    result() {
      const curve = kaplanMeier(durations);
      const first = params.from ?? (joiners === 0 ? null : earliest);
      return {
        ...baseOf(about, {}),
        from: isoOrNull(first),
        to: iso(to),
        summary: {
          joiners,
          steps: durations.length,
          completed: statuses.of("completed"),
          open: statuses.of("open"),
          failing: statuses.of("failing"),
          left: statuses.of("left"),
          naive: { p50: nearestRank(durations, 0.5), p95: nearestRank(durations, 0.95) },
          kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
          firstAccount: survivalPercentile(kaplanMeier(firsts), 0.5),
        },
        took: took.result(),
        rows: rows.sorted(),
      };
    },
  };
};
