/** JSON of one event on a timeline, and of a part of one. */
import type { Detail, ErrorClass, Layer, Operation, Outcome } from "../../ingest/event.ts";
import type { IsoTime } from "./base.ts";

/** One event on a timeline. */
export interface TimelineEvent {
  id: string;
  at: IsoTime;
  source: string;
  layer: Layer;
  operation: Operation;
  outcome: Outcome;
  detail: Detail | null;
  nativeType: string;
  application: string | null;
  account: string | null;
  entitlement: string | null;
  actor: string | null;
  error: { class: ErrorClass; code: string | null; httpStatus: number | null; message: string | null } | null;
  /** The change in a few words: `Deactivate at Slack failed`. */
  summary: string;
}

/** A part of a timeline, the newest event first. */
export interface TimelinePart {
  events: TimelineEvent[];
  /** Events that fit the filters, on all parts; null where counting them would mean reading the whole log. */
  total: number | null;
  /** What asks for the part after this one; null at the end. A part may be short, or empty, and lead on all the same. */
  next: string | null;
}
