/** What people decided of a cause of failures or of a finding, as its row tells it. Pure. */
import type { FailureDecision } from "../../db/queries/failure-decisions.ts";
import { type Triage, type TriageItem, triage } from "../failures/triage.ts";
import { iso, isoOrNull } from "./base.ts";
import type { FailureRow, ReconciliationRow } from "./contract.ts";

const told = ({ state, until, assignment, notes }: Triage<FailureDecision>) => ({
  state,
  until: isoOrNull(until),
  owner: assignment?.ownerName ?? null,
  ownerId: assignment?.owner ?? null,
  notes: notes.map(({ at, by, note }) => ({ at: iso(at), by, text: note ?? "" })),
});

/**
 * @param own decisions of this row, in their order.
 * @param items as they stand at `asOf`, milliseconds.
 */
export function decidedOf(own: readonly FailureDecision[], items: readonly TriageItem[], asOf: number) {
  // Somebody may have decided in the moment since the report was begun.
  const holds = triage(own, items, Math.max(asOf, own.at(-1)?.at ?? asOf));
  return { ...told(holds), newSince: holds.newSince };
}

const at = (time: string): number => Date.parse(time);
const atOrNull = (time: string | null): number | null => (time === null ? null : at(time));

/** A row of failures with all its items, as decisions have it now. */
export const failureDecided = (
  row: FailureRow,
  own: readonly FailureDecision[],
  asOf: number,
): FailureRow => ({
  ...row,
  ...decidedOf(
    own,
    row.items.map(({ firstSeen, lastSeen, openSince }) => ({
      firstSeen: at(firstSeen),
      lastSeen: at(lastSeen),
      openSince: atOrNull(openSince),
    })),
    asOf,
  ),
});

/** A finding as decisions have it now. */
export function findingDecided(
  row: ReconciliationRow,
  own: readonly FailureDecision[],
  asOf: number,
): ReconciliationRow {
  const { openedAt, closedAt } = row;
  const item = {
    firstSeen: at(openedAt),
    lastSeen: at(closedAt ?? openedAt),
    openSince: closedAt === null ? at(openedAt) : null,
  };
  const { newSince: _, ...decided } = decidedOf(own, [item], asOf);
  return { ...row, ...decided };
}
