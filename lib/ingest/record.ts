/** One framed value on its way into the log: read by its adapter, or rejected with a reason. */
import type { NewRejected } from "../../db/log/append.ts";
import { encodeEvents } from "../../db/log/codec.ts";
import type { NewRecord } from "../../db/log/segment.ts";
import { applicationKey, linkFactsOf, refOf } from "../lifecycle/refs.ts";
import { type Adapter, RecordError } from "./adapters/adapter.ts";
import { ADAPTERS, detectAdapter } from "./adapters/registry.ts";
import type { NormalEvent } from "./event.ts";
import type { FactFilter } from "./fact-filter.ts";
import { fingerprint, sha256 } from "./fingerprint.ts";
import type { Frame } from "./framing.ts";
import { mended, storable } from "./wellformed.ts";

/** What the records are read as. */
export interface Reading {
  /** Name of the source; without it each format is a source of its own. */
  source: string | null;
  /** The only format that is taken; without it each record's is detected. */
  adapter: Adapter | null;
}

/** Source of what no adapter knows, when the person named none. */
export const UNKNOWN_SOURCE = "unknown";

/** The years that both ISO 8601 with four digits and PostgreSQL write alike. */
const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * The longest key, in bytes of UTF-8: PostgreSQL's indexes hold entries of 2,704 at most, and other columns stand beside
 * it. Ids and labels of real systems end at some hundred.
 */
const MAX_KEY_BYTES = 2_000;

/** Nine bytes are what a character of JavaScript takes at most in a key, where it is percent-encoded; a key has two parts. */
const SURELY_SHORT = MAX_KEY_BYTES / 2 / 9;

const isTooLong = (key: string): boolean => Buffer.byteLength(key) > MAX_KEY_BYTES;

/** Whether what an event names could not be looked up: one such record must not stop all others. */
function namesTooLong(event: NormalEvent, source: string): boolean {
  const { person, account, application, credential } = event;
  const named = [
    person?.id,
    person?.userName,
    person?.email,
    account?.id,
    account?.userName,
    application?.name,
  ];
  if (![...named, credential?.id].some((name) => (name?.length ?? 0) > SURELY_SHORT)) return false;
  return (
    linkFactsOf(event, source).some(({ ref }) => isTooLong(ref)) ||
    (application !== null && isTooLong(applicationKey(application.name)))
  );
}

function rejected(frame: Frame, source: string, reason: string): NewRejected {
  const { record, offset } = frame.position;
  // It may quote what stands there.
  return {
    source,
    sha256: sha256(frame.bytes),
    bytes: frame.bytes,
    record,
    offset,
    reason: storable(reason),
  };
}

/** Only what no rule reads may be a type that the adapter's table lacks. */
function unknownTypeOf({ isKnownType }: Adapter, [own]: readonly NormalEvent[]): string | null {
  if (own === undefined || own.operation !== "other" || isKnownType === undefined) return null;
  return isKnownType(own.nativeType) ? null : own.nativeType;
}

function recordOf(
  frame: Frame,
  source: string,
  adapter: Adapter,
  events: readonly NormalEvent[],
  encoded: string,
  facts: FactFilter,
): NewRecord {
  return {
    source,
    format: adapter.format,
    fingerprint: fingerprint(source, adapter.format, encoded),
    sha256: sha256(frame.bytes),
    bytes: frame.bytes,
    encoded,
    times: events.map((event) => event.at),
    refs: events.map((event) => refOf(event, source)),
    facts: facts.fresh(events, source),
    unknownType: unknownTypeOf(adapter, events),
  };
}

/**
 * Reads one frame. Whatever can't be read comes back as a rejected record; nothing throws.
 * @param facts leaves out what the records read before have said already.
 */
export function readFrame(
  frame: Frame,
  reading: Reading,
  facts: FactFilter,
): { record: NewRecord } | { rejected: NewRejected } {
  const fallback = reading.source ?? reading.adapter?.format ?? UNKNOWN_SOURCE;
  if (frame.kind === "broken") return { rejected: rejected(frame, fallback, frame.reason) };
  const adapter = reading.adapter ?? detectAdapter(frame.value);
  if (adapter === null) {
    const known = ADAPTERS.map((a) => a.label).join(", ");
    return { rejected: rejected(frame, fallback, `Not a record of a known format (${known}).`) };
  }
  const source = reading.source ?? adapter.format;
  if (reading.adapter !== null && !adapter.detect(frame.value)) {
    return { rejected: rejected(frame, source, `Not a record of the format ${adapter.label}.`) };
  }
  try {
    const read = adapter.parse(frame.value);
    const outside = read.find((event) => !(event.at >= EARLIEST && event.at <= LATEST));
    if (outside !== undefined)
      return { rejected: rejected(frame, source, "Its time lies outside the years 1 to 9999.") };
    const text = encodeEvents(read);
    const events = mended(read, text);
    if ((events ?? read).some((event) => namesTooLong(event, source))) {
      const reason = `An id or a name in it is longer than ${MAX_KEY_BYTES} bytes, which no directory's is.`;
      return { rejected: rejected(frame, source, reason) };
    }
    return {
      record:
        events === null
          ? recordOf(frame, source, adapter, read, text, facts)
          : recordOf(frame, source, adapter, events, encodeEvents(events), facts),
    };
  } catch (error) {
    if (error instanceof RecordError) return { rejected: rejected(frame, source, error.message) };
    throw error;
  }
}
