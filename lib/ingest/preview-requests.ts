/** What lines of an HTTP server's log would become with a mapping, before any of them is ingested. Pure. */
import { decodeEvents } from "../../db/log/codec.ts";
import type { IsoTime } from "../reports/contract.ts";
import { summaryOf } from "../reports/summary.ts";
import { scim } from "./adapters/scim/adapter.ts";
import { type RequestPath, requestPaths } from "./adapters/scim/request-map.ts";
import type { ColumnMapping } from "./adapters/table.ts";
import type { LoggedEvent } from "./event.ts";
import { FactFilter } from "./fact-filter.ts";
import type { Frame } from "./framing/frame.ts";
import { readFrame } from "./record.ts";
import { mappedFrame, requestFrames } from "./request-frames.ts";

/** What became of a line: of each event a few words. */
interface PreviewedEvent {
  /** Its place among the events of the line. */
  id: string;
  at: IsoTime;
  summary: string;
  /** The account, group or person that it is about; null where it names none. */
  about: string | null;
}

/** One line: its events, or why it has none. */
export interface PreviewedRequest {
  /** Its number among the records of the text, from 1. */
  record: number;
  /** The line's beginning. */
  text: string;
  events: PreviewedEvent[];
  reason: string | null;
}

export interface RequestPreview {
  /** Places that fields could be read from. */
  paths: RequestPath[];
  lines: PreviewedRequest[];
}

const SHOWN_CHARACTERS = 300;

function previewedEvent(event: LoggedEvent): PreviewedEvent {
  const { person, account, entitlement } = event;
  const about =
    person?.userName ?? account?.userName ?? account?.id ?? person?.id ?? entitlement?.name ?? null;
  return { id: event.id, at: new Date(event.at).toISOString(), summary: summaryOf(event), about };
}

function previewOf(frame: Frame, mapping: ColumnMapping): PreviewedRequest {
  const { record } = frame.position;
  const text = Buffer.from(frame.bytes).toString("utf8").slice(0, SHOWN_CHARACTERS);
  const read = readFrame(
    mappedFrame(frame, mapping),
    { source: scim.format, adapter: scim },
    new FactFilter(),
  );
  if ("rejected" in read) return { record, text, events: [], reason: read.rejected.reason };
  const events = decodeEvents(Buffer.from(read.record.encoded).toString("utf8"), "", scim.format);
  return { record, text, events: events.map(previewedEvent), reason: null };
}

/**
 * @param text lines as the server writes them.
 * @param mapping empty: the usual names alone.
 */
export async function previewRequests(text: string, mapping: ColumnMapping): Promise<RequestPreview> {
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const all: Frame[] = [];
  for await (const batch of requestFrames(chunks, mapping)) all.push(...batch);
  return {
    paths: requestPaths(all.flatMap((frame) => (frame.kind === "broken" ? [] : [frame.value]))),
    lines: all.map((frame) => previewOf(frame, mapping)),
  };
}
