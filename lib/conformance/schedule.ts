/** When checks by a schedule are made: the turns of an application, and what is tried again in between. Pure; times in milliseconds. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A year has them; more often than daily nothing changes at an application that anybody could mend meanwhile. */
export const MOST_DAYS = 365;

/**
 * From the beginning of a try to the next one. More than the quarter of an hour after which the next one takes away what a killed
 * one has left (clean-up.ts), counted from when that could have been made last.
 */
const FIRST_AGAIN_MS = 30 * MINUTE;

/** After them it waits for the next turn: the last one begins eight hours after the first, well before a daily turn. */
export const MOST_TRIES = 5;

export interface Rhythm {
  /** From which turns are counted. */
  since: number;
  /** 1 to {@link MOST_DAYS}. */
  everyDays: number;
}

/** The first turn after `now`: whole intervals after it was set, so that it stays at its time of the day (in UTC). */
export function turnAfter({ since, everyDays }: Rhythm, now: number): number {
  const every = everyDays * DAY;
  return since + (Math.max(Math.floor((now - since) / every), 0) + 1) * every;
}

/** Milliseconds from the beginning of a try to that of the next, should it come to nothing. @param tries of this turn, this one included. */
export const againAfter = (tries: number): number => FIRST_AGAIN_MS * 2 ** (Math.max(tries, 1) - 1);
