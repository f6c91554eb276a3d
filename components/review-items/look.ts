/** How long each item was looked at. A glance in passing is no opening. Pure: whoever calls has the clock. */

/** Somebody who only passes over a row on the way to another takes less. */
export const GLANCE_MS = 1_000;

interface Looking {
  item: string;
  since: number;
  /** Whether it counts from the first moment: a panel was opened for it. */
  opened: boolean;
}

export interface Look {
  /** What is looked at now. */
  at: Looking | null;
  /** Milliseconds that each opened item was looked at before now. */
  spent: ReadonlyMap<string, number>;
}

export const NO_LOOK: Look = { at: null, spent: new Map() };

/** Whether what is looked at now counts as opened. */
const counts = ({ since, opened }: Looking, now: number): boolean => opened || now - since > GLANCE_MS;

/** Ends looking. @param now milliseconds. */
export function lookAway(look: Look, now: number): Look {
  const { at, spent } = look;
  if (at === null) return look;
  if (!counts(at, now) && !spent.has(at.item)) return { at: null, spent };
  const before = spent.get(at.item) ?? 0;
  return { at: null, spent: new Map(spent).set(at.item, before + now - at.since) };
}

/** Begins to look at an item. @param opened whether a panel shows it, so that it is no glance. */
export function lookAt(look: Look, item: string, opened: boolean, now: number): Look {
  if (look.at?.item === item && look.at.opened === opened) return look;
  return { ...lookAway(look, now), at: { item, since: now, opened } };
}

/** Whole seconds that an item was looked at, at least 1; null when it was never opened. */
export function secondsOf({ at, spent }: Look, item: string, now: number): number | null {
  const looking = at?.item === item ? at : null;
  const before = spent.get(item) ?? null;
  if (before === null && (looking === null || !counts(looking, now))) return null;
  const ms = (before ?? 0) + (looking === null ? 0 : now - looking.since);
  return Math.max(Math.round(ms / 1000), 1);
}

/** The item with what was spent on it forgotten: a decision has taken it along. */
export function decided(look: Look, item: string, now: number): Look {
  const spent = new Map(look.spent);
  spent.delete(item);
  const at = look.at?.item === item ? { ...look.at, since: now } : look.at;
  return { at, spent };
}
