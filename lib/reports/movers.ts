/** Report movers: who moved, and the entitlements that should have gone with it. docs/semantics.md, "Movers and role drift". */
import { groupBy } from "../lifecycle/group-by.ts";
import { SAME_MOVE_MS } from "../lifecycle/movers.ts";
import type { DriftFacts, MoveChange, MoverStep } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { MoveRow, MoverRow, MoveStep } from "./contract.ts";
import { type NewFold, Tally } from "./fold.ts";
import type { ModelPart } from "./model.ts";
import { type Duration, kaplanMeier, survivalPercentile } from "./survival.ts";

function identityOf(model: ModelPart, subject: string): MoverRow["identity"] {
  const person = model.people.get(subject);
  return { userName: person?.userName ?? subject, displayName: person?.displayName ?? null };
}

const caseKey = ({ subject, movedAt }: { subject: string; movedAt: number | null }) =>
  `${subject} ${movedAt}`;

function stepRow(model: ModelPart, step: MoverStep): MoveStep {
  return {
    application: labelOf(model, step.application),
    account: step.account,
    carriedAt: isoOrNull(step.carriedAt),
    latency: step.carriedAt === null ? null : seconds(step.carriedAt - step.movedAt),
    status: step.carriedAt === null ? "failing" : "carried",
    lastError: step.lastError,
  };
}

const newestFirst = (a: MoveRow, b: MoveRow): number =>
  byText(b.movedAt, a.movedAt) || byText(a.subject, b.subject);

/** Mover cases as reports print them, the newest first. */
export function moveRows(model: ModelPart, changes: readonly MoveChange[]): MoveRow[] {
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
    .sort(newestFirst);
}

function driftRow(model: ModelPart, drift: DriftFacts): MoverRow {
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
export function driftRows(model: ModelPart, drift: readonly DriftFacts[]): MoverRow[] {
  return drift
    .filter(({ movedAt }) => movedAt === null || model.asOf - movedAt > SAME_MOVE_MS)
    .map((one) => driftRow(model, one))
    .sort(byUrgency);
}

export const moversFold: NewFold<"movers"> = (about, params, list) => {
  const { asOf } = about;
  const to = Math.min(params.to ?? asOf, asOf);
  const within = (at: number) => at >= (params.from ?? -Infinity) && at <= to;
  const isWanted = ofApplication(params);
  const rows = list<MoverRow>(byUrgency);
  const moves = list<MoveRow>(newestFirst);
  const open = new Tally<"drift" | "outside" | "people">();
  const statuses = new Tally<MoveStep["status"]>();
  const durations: Duration[] = [];
  let movers = 0;
  let earliest: string | null = null;
  const takeMove = (move: MoveRow) => {
    moves.add(move);
    movers += 1;
    if (earliest === null || move.movedAt < earliest) earliest = move.movedAt;
    for (const { status, latency } of move.steps) {
      statuses.add(status);
      const watched = seconds(asOf - Date.parse(move.movedAt));
      durations.push({ seconds: latency ?? watched, ended: latency !== null });
    }
  };
  return {
    take(part) {
      const drift = part.drift
        .filter(({ movedAt, grantedAt }) => within(movedAt ?? grantedAt))
        .filter(isWanted);
      const concerned = new Set(drift.map(caseKey));
      const changes = part.moves
        .filter(({ movedAt }) => within(movedAt))
        .filter((change) => params.application === undefined || concerned.has(caseKey(change)));
      const people = new Set<string>();
      for (const row of driftRows(part, drift)) {
        rows.add(row);
        if (row.status !== "open") continue;
        open.add(row.kind === "outside" ? "outside" : "drift");
        people.add(row.subject);
      }
      open.add("people", people.size);
      for (const move of moveRows(part, changes)) takeMove(move);
    },
    result() {
      const curve = kaplanMeier(durations);
      return {
        ...baseOf(about, { graceSeconds: seconds(SAME_MOVE_MS) }),
        from: params.from === undefined ? earliest : iso(params.from),
        to: iso(to),
        summary: {
          movers,
          drift: open.of("drift"),
          outside: open.of("outside"),
          affectedPeople: open.of("people"),
          steps: durations.length,
          carried: statuses.of("carried"),
          failing: statuses.of("failing"),
          kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
        },
        rows: rows.sorted(),
        moves: moves.sorted(),
      };
    },
  };
};
