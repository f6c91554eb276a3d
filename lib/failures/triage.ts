/** What holds of a failure group: a pure function of its failures and of what people decided. docs/semantics.md §7. */
import type { Instant } from "../ingest/event.ts";

export const TRIAGE_VERBS = ["acknowledge", "assign", "snooze", "note", "reopen", "undo", "ticket"] as const;
export type TriageVerb = (typeof TRIAGE_VERBS)[number];

/** One decision of one group, as it was written down. */
export interface TriageEntry {
  /** Decisions are numbered in the order in which they were made. */
  decision: number;
  at: Instant;
  /** Who decided: a name. */
  by: string;
  verb: TriageVerb;
  /** Until when a snooze lasts; null for other verbs. */
  until: Instant | null;
  /** The member it was assigned to; null: nobody, or another verb. */
  owner: string | null;
  note: string | null;
  /** The decision that an undo takes back. */
  undoes: number | null;
}

/** One account or connection of the group: when it failed, as far as the rules ask. */
export interface TriageItem {
  firstSeen: Instant;
  lastSeen: Instant;
  /** When the run of failures that is open now began; null when a later success mended it. */
  openSince: Instant | null;
}

export interface Triage<E extends TriageEntry = TriageEntry> {
  state: "open" | "acknowledged" | "snoozed" | "resolved";
  /** When the snooze ends; null unless it is snoozed. */
  until: Instant | null;
  /** The entry that says whose it is; null: nobody's. */
  assignment: E | null;
  /** Notes that were not taken back, in order. */
  notes: E[];
  /** Open items that failed since it was last acknowledged or snoozed. */
  newSince: number;
}

/** The entries up to a moment, in order, without undos and what they took back. */
export function standing<E extends TriageEntry>(entries: readonly E[], asOf: Instant): E[] {
  const undone = new Set<number>();
  const left: E[] = [];
  const newestFirst = entries.filter(({ at }) => at <= asOf).toSorted((a, b) => b.decision - a.decision);
  for (const entry of newestFirst) {
    if (undone.has(entry.decision)) continue;
    if (entry.undoes !== null) undone.add(entry.undoes);
    else left.push(entry);
  }
  return left.reverse();
}

const RULES_STATE: readonly TriageVerb[] = ["acknowledge", "snooze", "reopen"];

function stateOf(
  ruling: TriageEntry | undefined,
  items: readonly TriageItem[],
  asOf: Instant,
): Triage["state"] {
  const open = items.filter(({ openSince }) => openSince !== null);
  if (open.length === 0) return "resolved";
  if (ruling === undefined || ruling.verb === "reopen") return "open";
  // What was decided was decided of the failures of that time: once they are mended, it is over.
  if (!open.some(({ openSince }) => openSince !== null && openSince <= ruling.at)) return "open";
  if (ruling.verb === "acknowledge") return "acknowledged";
  const another = items.some(({ firstSeen }) => firstSeen > ruling.at);
  return another || ruling.until === null || ruling.until <= asOf ? "open" : "snoozed";
}

/**
 * Folds what was decided over what failed.
 * @param entries of one group, in any order.
 * @param items of the same group, as they stand at `asOf`.
 * @param asOf later entries don't count.
 */
export function triage<E extends TriageEntry>(
  entries: readonly E[],
  items: readonly TriageItem[],
  asOf: Instant,
): Triage<E> {
  const valid = standing(entries, asOf);
  const ruling = valid.findLast(({ verb }) => RULES_STATE.includes(verb));
  const state = stateOf(ruling, items, asOf);
  const assignment = valid.findLast(({ verb }) => verb === "assign");
  const counted = ruling !== undefined && ruling.verb !== "reopen" ? ruling.at : Infinity;
  return {
    state,
    until: state === "snoozed" && ruling !== undefined ? ruling.until : null,
    assignment: assignment?.owner == null ? null : assignment,
    notes: valid.filter(({ verb }) => verb === "note"),
    newSince: items.filter(({ openSince, lastSeen }) => openSince !== null && lastSeen > counted).length,
  };
}
