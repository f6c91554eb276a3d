/** Timelines a part at a time: which events are wanted, and where a part begins. */
import { z } from "zod";
import { LAYERS, type LoggedEvent, OPERATIONS, OUTCOMES } from "../ingest/event.ts";
import { byEventOrder, type EventPlace } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { TimelinePart } from "./contract.ts";
import { instant, ParamProblem } from "./params.ts";
import { timelineEvent } from "./timeline-event.ts";

/** Which events, how many of them, and after which one. */
export interface TimelineWish {
  layer?: LoggedEvent["layer"] | undefined;
  outcome?: LoggedEvent["outcome"] | undefined;
  /** Key of an application. */
  application?: string | undefined;
  /** Nothing later; milliseconds. */
  to?: number | undefined;
  limit: number;
  after?: EventPlace | undefined;
}

/** One screen of lines, and some that wait below it. */
const LIMIT = 100;
const MAX_LIMIT = 500;

const Place = z.tuple([
  z.number().int(),
  z.enum(LAYERS),
  z.enum(OPERATIONS),
  z.string().regex(/^[0-9a-f]{40}:\d{1,4}$/u),
]);

const cursorOf = ({ at, layer, operation, id }: EventPlace): string =>
  Buffer.from(JSON.stringify([at, layer, operation, id])).toString("base64url");

function placeOf(cursor: string): EventPlace {
  try {
    const [at, layer, operation, id] = Place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { at, layer, operation, id };
  } catch {
    throw new ParamProblem("cursor", "cursor is none that a part before has given.");
  }
}

function oneOf<T extends string>(
  name: string,
  choices: readonly T[],
  text: string | undefined,
): T | undefined {
  if (!text) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new ParamProblem(name, `${name} takes one of ${choices.join(", ")}, not "${text}".`);
}

/**
 * Reads the parameters `layer`, `outcome`, `application`, `to` (a day or a time), `limit` (1 to 500) and `cursor`.
 * @throws {ParamProblem} naming what can't be understood.
 */
export function parseTimelineWish(raw: Readonly<Record<string, string | undefined>>): TimelineWish {
  const limit = Number(raw.limit ?? LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new ParamProblem("limit", `limit takes a whole number from 1 to ${MAX_LIMIT}, not "${raw.limit}".`);
  const to = raw.to ? instant(raw.to, "end") : undefined;
  if (to === null) throw new ParamProblem("to", `to takes a day like 2026-03-31 or a time, not "${raw.to}".`);
  return {
    layer: oneOf("layer", LAYERS, raw.layer),
    outcome: oneOf("outcome", OUTCOMES, raw.outcome),
    application: raw.application ? applicationKey(raw.application) : undefined,
    to,
    limit,
    after: raw.cursor ? placeOf(raw.cursor) : undefined,
  };
}

/**
 * Whether something happened. A reading that shows an account as it was, once more, is none: of a person it would be most of
 * what there is. That it shows one inactive may be the only word of its end.
 */
const isHappening = ({ detail, object, active }: LoggedEvent): boolean =>
  detail !== "state" || object === "application" || active === false;

/** Whether an event fits the wish's filters and comes after its place. */
export function isWished(
  { layer, outcome, application, to, after }: TimelineWish,
  event: LoggedEvent,
): boolean {
  return (
    isHappening(event) &&
    (layer === undefined || event.layer === layer) &&
    (outcome === undefined || event.outcome === outcome) &&
    (to === undefined || event.at <= to) &&
    (application === undefined ||
      (event.application !== null && applicationKey(event.application.name) === application)) &&
    // Timelines run backwards.
    (after === undefined || byEventOrder(event, after) < 0)
  );
}

/**
 * The first of the wished events, as a part.
 * @param events the newest first; more than `limit` of them when there are more.
 * @param total of all parts; null when not known.
 */
export function firstOf(events: readonly LoggedEvent[], limit: number, total: number | null): TimelinePart {
  const shown = events.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(timelineEvent),
    total,
    next: events.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

/**
 * The same of events that were not looked for to the end: what is not read yet is at `to` or earlier.
 * @param events the newest first, all of them after `to`.
 */
export function leadingOn(events: readonly LoggedEvent[], limit: number, to: number): TimelinePart {
  if (events.length > limit) return firstOf(events, limit, null);
  // Before it, going back, stands nothing of that moment.
  const before: EventPlace = {
    at: to + 1,
    layer: "directory",
    operation: "create",
    id: `${"0".repeat(40)}:0`,
  };
  return { events: events.map(timelineEvent), total: null, next: cursorOf(before) };
}

/** The part of these events that is wished. @param events all, the newest first. */
export function partOf(events: readonly LoggedEvent[], wish: TimelineWish): TimelinePart {
  const fitting = events.filter((event) => isWished({ ...wish, after: undefined }, event));
  const left = wish.after === undefined ? fitting : fitting.filter((event) => isWished(wish, event));
  return firstOf(left, wish.limit, fitting.length);
}
