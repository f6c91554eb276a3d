/**
 * When a source of truth says people are employed. Such a source says ahead or afterwards when an employment ends, so
 * that the time at which something was said and the time at which it takes effect differ. docs/semantics.md §4.
 */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { groupBy } from "./group-by.ts";

/** What one record says of a person's employment. */
interface Statement {
  said: Instant;
  start: Instant | null;
  /** When the employment is over; null when no end is known. */
  end: Instant | null;
}

/** The person leaves at `at`, or comes back. */
export interface Turn {
  at: Instant;
  away: boolean;
  said: Instant;
}

/** The end of an employment, with the moment from which it holds. */
const isEnd = (event: LoggedEvent): boolean => event.operation === "deactivate" && event.effectiveAt !== null;
const isStart = (event: LoggedEvent): boolean => event.operation === "create" && event.effectiveAt !== null;

/** Whether a source speaks of ends that take effect at their own time: its words are read as statements then. */
export const tellsEnds = (events: readonly LoggedEvent[]): boolean => events.some(isEnd);

/** An event's id is its record's, a colon, and its number there. */
const recordOf = (event: LoggedEvent): string => event.id.slice(0, event.id.lastIndexOf(":"));

/** The statements in the order in which they were made; a start that was seen before it was said is none yet. */
function statementsOf(events: readonly LoggedEvent[]): Statement[] {
  return [...groupBy(events, recordOf).values()]
    .filter((own) => own.some((event) => event.operation !== "create"))
    .map((own) => ({
      said: Math.max(...own.map((event) => event.at)),
      start: own.find(isStart)?.effectiveAt ?? null,
      end: own.find(isEnd)?.effectiveAt ?? null,
    }))
    .sort((a, b) => a.said - b.said);
}

const isAway = (turns: readonly Turn[]): boolean => turns.at(-1)?.away === true;

/**
 * A person's comings and goings by one source's words: the newest word on what was still to come when it was said holds;
 * what had taken effect stands, unless a later word puts the end earlier.
 * @param events the source's directory events on one person, in order.
 * @returns turns in order of time, going and coming in turn; the last may lie ahead of every event.
 */
export function employmentOf(events: readonly LoggedEvent[]): Turn[] {
  let turns: Turn[] = [];
  for (const { said, start, end } of statementsOf(events)) {
    turns = turns.filter((turn) => turn.at <= said);
    if (end !== null && end <= said) {
      turns = turns.filter((turn) => turn.at < end || (turn.at === end && turn.away));
      if (!isAway(turns)) turns.push({ at: end, away: true, said });
      // The end is an earlier employment's.
      if (start !== null && start >= end) turns.push({ at: start, away: false, said });
    } else {
      const left = turns.at(-1);
      if (left?.away) {
        const anew = start !== null && start >= left.at && (end === null || start < end);
        turns.push({ at: anew ? start : said, away: false, said });
      }
      if (end !== null) turns.push({ at: end, away: true, said });
    }
  }
  return turns;
}
