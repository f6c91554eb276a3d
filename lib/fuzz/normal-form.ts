/** Whether events are what every adapter promises: all fields, known words, plain objects, and the same after storing. */
import { decodeEvents, encodeEvents } from "../../db/log/codec.ts";
import { LAYERS, type NormalEvent, OPERATIONS, OUTCOMES } from "../ingest/event.ts";

const FIELDS = 20;

/** A value that is no plain data: another prototype than JSON.parse gives, undefined, or no JSON at all. */
function strangeWithin(value: unknown): string | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : String(value);
  if (typeof value !== "object") return typeof value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return "an altered prototype";
  for (const member of Object.values(value)) {
    const strange = strangeWithin(member);
    if (strange !== null) return strange;
  }
  return null;
}

/** Members of a part that are neither text nor null; `httpStatus` alone is a number. */
function wrongMember(part: object): string | null {
  const wrong = Object.entries(part).find(
    ([name, value]) => value !== null && typeof value !== (name === "httpStatus" ? "number" : "string"),
  );
  return wrong === undefined ? null : wrong[0];
}

function faultOfEvent(event: NormalEvent): string | null {
  if (Object.keys(event).length !== FIELDS) return `has ${Object.keys(event).length} fields`;
  const strange = strangeWithin(event);
  if (strange !== null) return `holds ${strange}`;
  if (!LAYERS.includes(event.layer)) return `has the layer ${event.layer}`;
  if (!OPERATIONS.includes(event.operation)) return `has the operation ${event.operation}`;
  if (!OUTCOMES.includes(event.outcome)) return `has the outcome ${event.outcome}`;
  if (!Number.isSafeInteger(event.at)) return `has the time ${event.at}`;
  if (event.effectiveAt !== null && !Number.isSafeInteger(event.effectiveAt))
    return `has the time ${event.effectiveAt}`;
  if ((event.error === null) === (event.outcome === "failure"))
    return "has an error without a failure, or none";
  for (const part of Object.values(event)) {
    if (typeof part !== "object" || part === null) continue;
    const wrong = wrongMember(part);
    if (wrong !== null) return `has a member ${wrong} of the wrong type`;
  }
  return null;
}

/** What is wrong with a record's events, as a sentence; null when nothing is. */
export function faultOf(events: readonly NormalEvent[]): string | null {
  if (events.length === 0) return "A record became no event.";
  for (const [i, event] of events.entries()) {
    const fault = faultOfEvent(event);
    if (fault !== null) return `Event ${i} ${fault}.`;
  }
  const encoded = encodeEvents(events);
  const stored = decodeEvents(encoded, "", "").map(({ id: _id, sourceId: _source, ...event }) => event);
  return encodeEvents(stored) === encoded ? null : "The events are not the same after storing.";
}
