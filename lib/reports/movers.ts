/** Report movers: who moved, and the entitlements that should have gone with it. docs/semantics.md, "Movers and role drift". */
import { groupBy } from "../lifecycle/group-by.ts";
import { SAME_MOVE_MS } from "../lifecycle/movers.ts";
import type { DriftFacts, MoveChange, MoverStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { MoveRow, MoverRow, MoversReport, MoveStep, ReportParams } from "./contract.ts";
import type { Model } from "./model.ts";
import { kaplanMeier, survivalPercentile } from "./survival.ts";

function identityOf(model: Model, subject: string): MoverRow["identity"] {
  const person = model.people.get(subject);
  return { userName: person?.userName ?? subject, displayName: person?.displayName ?? null };
}

const caseKey = ({ subject, movedAt }: { subject: string; movedAt: number | null }) =>
  `${subject} ${movedAt}`;

function stepRow(model: Model, step: MoverStep): MoveStep {
  return {
    application: labelOf(model, step.application),
    account: step.account,
    carriedAt: isoOrNull(step.carriedAt),
    latency: step.carriedAt === null ? null : seconds(step.carriedAt - step.movedAt),
    status: step.carriedAt === null ? "failing" : "carried",
    lastError: step.lastError,
  };
}

/** Mover cases as reports print them, the newest first. */
export function moveRows(model: Model, changes: readonly MoveChange[]): MoveRow[] {
  const steps = groupBy(model.moverSteps, caseKey);
  return [...groupBy(changes, caseKey)]
    .flatMap(([key, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { subject, movedAt } = first;
      const told = own.map(({ what, from, to, at, eventId }) => ({ what, from, to, at: iso(at), eventId }));
      const carried = (steps.get(key) ?? []).map((step) => stepRow(model, step));
      const identity = identityOf(model, subject);
      return [{ identity, subject, movedAt: iso(movedAt), changes: told, steps: carried }];
    })
    .sort((a, b) => byText(b.movedAt, a.movedAt) || byText(a.subject, b.subject));
}

function driftRow(model: Model, drift: DriftFacts): MoverRow {
  return {
    identity: identityOf(model, drift.subject),
    subject: drift.subject,
    application: labelOf(model, drift.application),
    account: drift.account,
    entitlement: drift.entitlement,
    kind: drift.kind,
    movedAt: isoOrNull(drift.movedAt),
    change: drift.change,
    grantedAt: iso(drift.grantedAt),
    removedAt: isoOrNull(drift.removedAt),
    status: drift.removedAt === null ? "open" : "closed",
    provenance: drift.provenance,
    eventId: drift.eventId,
  };
}

/** What is still held first, drift before what was granted outside, the oldest move on top. */
function byUrgency(a: MoverRow, b: MoverRow): number {
  const rank = (row: MoverRow) => (row.status === "open" ? 0 : 2) + (row.kind === "outside" ? 1 : 0);
  return (
    rank(a) - rank(b) ||
    byText(a.movedAt ?? a.grantedAt, b.movedAt ?? b.grantedAt) ||
    byText(a.identity.userName, b.identity.userName) ||
    byText(a.application, b.application) ||
    byText(a.entitlement, b.entitlement) ||
    byText(a.grantedAt, b.grantedAt) ||
    byText(a.eventId, b.eventId)
  );
}

/** The rows of entitlements that are drift by now: within a day after the move they still may go. */
export function driftRows(model: Model, drift: readonly DriftFacts[]): MoverRow[] {
  return drift
    .filter(({ movedAt }) => movedAt === null || model.asOf - movedAt > SAME_MOVE_MS)
    .map((one) => driftRow(model, one))
    .sort(byUrgency);
}

export function moversReport(model: Model, params: ReportParams): MoversReport {
  const to = Math.min(params.to ?? model.asOf, model.asOf);
  const within = (at: number) => at >= (params.from ?? -Infinity) && at <= to;
  const drift = model.drift
    .filter(({ movedAt, grantedAt }) => within(movedAt ?? grantedAt))
    .filter(ofApplication(params));
  const concerned = new Set(drift.map(caseKey));
  const changes = model.moves
    .filter(({ movedAt }) => within(movedAt))
    .filter((change) => params.application === undefined || concerned.has(caseKey(change)));
  const rows = driftRows(model, drift);
  const moves = moveRows(model, changes);
  const open = rows.filter((row) => row.status === "open");
  const steps = moves.flatMap((move) => move.steps.map((step) => ({ ...step, movedAt: move.movedAt })));
  const curve = kaplanMeier(
    steps.map(({ latency, movedAt }) => ({
      seconds: latency ?? seconds(model.asOf - Date.parse(movedAt)),
      ended: latency !== null,
    })),
  );
  return {
    ...baseOf(model, { graceSeconds: seconds(SAME_MOVE_MS) }),
    from: params.from === undefined ? (moves.at(-1)?.movedAt ?? null) : iso(params.from),
    to: iso(to),
    summary: {
      movers: moves.length,
      drift: open.filter((row) => row.kind !== "outside").length,
      outside: open.filter((row) => row.kind === "outside").length,
      affectedPeople: new Set(open.map((row) => row.subject)).size,
      steps: steps.length,
      carried: steps.filter((step) => step.status === "carried").length,
      failing: steps.filter((step) => step.status === "failing").length,
      kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
    },
    rows,
    moves,
  };
}
