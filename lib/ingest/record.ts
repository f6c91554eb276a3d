/** One framed value on its way into the log: read by its adapter, or rejected with a reason. */
import type { NewRecord, NewRejected } from "../../db/log/append.ts";
import { linkFactsOf, refOf } from "../lifecycle/refs.ts";
import { type Adapter, RecordError } from "./adapters/adapter.ts";
import { ADAPTERS, detectAdapter } from "./adapters/registry.ts";
import { fingerprint, sha256 } from "./fingerprint.ts";
import type { Frame } from "./framing.ts";
import { wellFormed } from "./wellformed.ts";

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

function rejected(frame: Frame, source: string, reason: string): NewRejected {
  const { record, offset } = frame.position;
  return { source, sha256: sha256(frame.bytes), bytes: frame.bytes, record, offset, reason };
}

/** Reads one frame. Whatever can't be read comes back as a rejected record; nothing throws. */
export function readFrame(frame: Frame, reading: Reading): { record: NewRecord } | { rejected: NewRejected } {
  const fallback = reading.source ?? reading.adapter?.format ?? UNKNOWN_SOURCE;
  if (frame.kind === "broken") return { rejected: rejected(frame, fallback, frame.reason) };
  const adapter = reading.adapter ?? detectAdapter(frame.value);
  if (adapter === null) {
    const known = ADAPTERS.map((a) => a.label).join(", ");
    return { rejected: rejected(frame, fallback, `Not a record of a known format (${known}).`) };
  }
  const source = reading.source ?? adapter.format;
  if (!adapter.detect(frame.value)) {
    return { rejected: rejected(frame, source, `Not a record of the format ${adapter.label}.`) };
  }
  try {
    const events = wellFormed(adapter.parse(frame.value));
    const outside = events.find((event) => !(event.at >= EARLIEST && event.at <= LATEST));
    if (outside !== undefined)
      return { rejected: rejected(frame, source, "Its time lies outside the years 1 to 9999.") };
    return {
      record: {
        source,
        format: adapter.format,
        fingerprint: fingerprint(adapter.format, events),
        sha256: sha256(frame.bytes),
        bytes: frame.bytes,
        events: events.map((normal) => ({ ref: refOf(normal, source), normal })),
        facts: events.flatMap((event) => linkFactsOf(event, source)),
      },
    };
  } catch (error) {
    if (error instanceof RecordError) return { rejected: rejected(frame, source, error.message) };
    throw error;
  }
}
