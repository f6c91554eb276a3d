/** JSON of the overview: the five answers as figures of one moment. */
import type { ReportBase } from "./base.ts";

export type OverviewQuestion = "coverage" | "offboarding" | "failures" | "accounts" | "evidence";

export type OverviewFigure =
  | "accounts-covered"
  | "applications-uncovered"
  | "capabilities-degraded"
  | "leavers-in-time"
  | "accounts-open"
  | "leavers-with-access"
  | "half-within"
  | "most-within"
  | "causes-open"
  | "items-open"
  | "zombies"
  | "orphans"
  | "dormant"
  | "never-used"
  | "records"
  | "records-rejected"
  | "gaps";

export interface OverviewRow {
  question: OverviewQuestion;
  /** Its stable name. */
  figure: OverviewFigure;
  /** Null where the data do not reach it: a percentile that so many open cases keep out of reach. */
  value: number | null;
  /** What it is a part of, in the same unit; null for what is no part. */
  of: number | null;
  unit: "count" | "seconds";
  /** Which way is the good one. */
  better: "more" | "less";
}

/** The change over a time is the difference of two of these, of its two ends. */
export interface OverviewReport extends ReportBase {
  /** Whether there was any record at all; without one, figures of nothing say nothing. */
  summary: { records: number };
  rows: OverviewRow[];
}
