/** JSON of completeness, sources and ingests. */
import type { IsoTime, ReportBase, SourceCompleteness } from "./base.ts";

export interface CompletenessRow extends SourceCompleteness {
  customer: string | null;
  events: number;
  /** Median of the events a UTC day. */
  perDay: number;
  /** The last event, where the silence since then is a gap. */
  nothingSince: IsoTime | null;
  /** A sentence where the log begins later than the provider could have told; no gap. */
  beginning: string | null;
}

export interface CompletenessReport extends ReportBase {
  summary: { sources: number; records: number; rejected: number; gaps: number };
  rows: CompletenessRow[];
}

export interface SourceRow extends SourceCompleteness {
  id: string;
  customer: string | null;
  label: string;
  events: number;
  createdAt: IsoTime;
  /** How many days after its last event a record is kept; null: for good. */
  keptDays: number | null;
  /** Records that are kept no longer and were removed, and from before when; null while none was. */
  removed: { records: number; before: IsoTime } | null;
  /** The events of each UTC day of a year, the first one's date before them. */
  year: { from: string; events: number[] };
}

export interface IngestRow extends IngestResult {
  id: string;
  file: string | null;
  state: "running" | "done" | "failed" | "interrupted";
  /** Bytes read so far and, where known, in all. */
  bytesRead: number;
  bytesTotal: number | null;
  error: string | null;
  startedAt: IsoTime;
  finishedAt: IsoTime | null;
}

export interface RejectedRow {
  id: string;
  source: string;
  /** 1-based number of the record in its file, and byte offset of its first byte. */
  record: number;
  offset: number;
  reason: string;
  /** The first 500 characters of the bytes. */
  excerpt: string;
  sha256: string;
}

export interface SourcesReport {
  asOf: IsoTime;
  sources: SourceRow[];
  ingests: IngestRow[];
  rejected: RejectedRow[];
  /** Event types that no table of their format has: kept, and read by no rule. The most frequent first. */
  unknownTypes: { source: string; type: string; records: number }[];
}

/** `ingest --json`. */
export interface IngestResult {
  source: string;
  format: string;
  records: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  firstEventAt: IsoTime | null;
  lastEventAt: IsoTime | null;
  seconds: number;
}
