/** What the JSON of all reports shares. Times are ISO 8601 UTC, durations whole seconds. */
import type { GapKind } from "../../lifecycle/completeness.ts";

/** ISO 8601 in UTC, e.g. `2026-03-01T09:00:00.000Z`. */
export type IsoTime = string;

export interface SourceCompleteness {
  source: string;
  format: string;
  records: number;
  rejected: number;
  firstEventAt: IsoTime | null;
  lastEventAt: IsoTime | null;
  gaps: SourceGap[];
}

/** A stretch of time of which events of a source are likely to be missing. */
export interface SourceGap {
  kind: GapKind;
  from: IsoTime;
  to: IsoTime;
  /** How many events were to be expected; null where that can't be told. */
  expected: number | null;
  /** One sentence: what is missing, and what to do. */
  why: string;
}

/** What each report says of itself before its rows. */
export interface ReportBase {
  asOf: IsoTime;
  /** `rejected` and `gaps` count those of all sources. */
  completeness: { sources: SourceCompleteness[]; rejected: number; gaps: number };
  /** The settings that the answer depends on, by name. */
  settings: Record<string, number>;
  /** There where a replica has told it: how old what it had may be, in seconds. */
  replica?: { behindSeconds: number };
  /** There where something has changed since `asOf`: it is being worked out anew. */
  renewing?: true;
}

/** Seconds; null when the data do not reach the percentile. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
}

/** Steps that took up to and with so many seconds, and longer than the band before. */
export interface LatencyBand {
  /** Null: what took longer than all limits. */
  upTo: number | null;
  steps: number;
  /** Of them, how many were past their SLA. */
  breached: number;
}

/** 95 % confidence limits in seconds; null where the data do not reach them. */
export interface Limits {
  lower: number | null;
  upper: number | null;
}

/** An application whose SLA somebody has set. */
export interface ApplicationSla {
  application: string;
  hours: number;
}
