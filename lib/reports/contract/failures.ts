/** JSON of the failed-sync queue. */

import type { TriageVerb } from "../../failures/triage.ts";
import type { ErrorClass, Operation } from "../../ingest/event.ts";
import type { IsoTime, ReportBase } from "./base.ts";
import type { TimelineEvent } from "./timeline.ts";

export type FailureState = "open" | "acknowledged" | "snoozed" | "resolved";

export interface FailureRow {
  /** Stable key of the group, for links. */
  id: string;
  application: string;
  operation: Operation;
  errorClass: ErrorClass;
  errorCode: string | null;
  httpStatus: number | null;
  message: string | null;
  advice: string | null;
  attempts: number;
  /** Distinct accounts (or the connection itself) that ever failed this way. */
  affected: number;
  /** Those of them that no later success has mended. */
  open: number;
  firstSeen: IsoTime;
  lastSeen: IsoTime;
  /** Seconds since the oldest failure that is still open; null when none is. */
  age: number | null;
  /** As people decided, and the records since: docs/semantics.md §7. */
  state: FailureState;
  /** When a snooze ends; null unless it is snoozed. */
  until: IsoTime | null;
  /** Name of the member whose it is. */
  owner: string | null;
  ownerId: string | null;
  /** What people noted, the oldest first. */
  notes: FailureNote[];
  /** Of those open, how many failed since it was last acknowledged or snoozed. */
  newSince: number;
  remedy: string;
  /** Those affected, the open ones first: user name, or the application itself. */
  items: FailureItem[];
}

export interface FailureNote {
  at: IsoTime;
  by: string;
  text: string;
}

export interface FailureItem {
  subject: string | null;
  userName: string | null;
  account: string | null;
  attempts: number;
  firstSeen: IsoTime;
  lastSeen: IsoTime;
  /** When the failures that are open now began; null when a later success mended them. */
  openSince: IsoTime | null;
  resolvedAt: IsoTime | null;
}

export interface FailuresReport extends ReportBase {
  /** `groups` and `affected` count all rows; `open` the groups not yet resolved. */
  summary: { groups: number; open: number; affected: number; openItems: number };
  rows: FailureRow[];
}

/** One attempt of the story, with whom it was about. */
export interface FailureAttempt extends TimelineEvent {
  subject: string | null;
  name: string;
}

/** One act of people on the group. */
export interface FailureAct {
  decision: number;
  at: IsoTime;
  by: string;
  verb: TriageVerb;
  until: IsoTime | null;
  /** To whom it was assigned. */
  owner: string | null;
  note: string | null;
  /** It was taken back. */
  undone: boolean;
}

/** A call that makes the source try again, for one of those affected. */
export interface FailureRetry {
  name: string;
  call: string;
  does: string;
  before: string | null;
  docs: string;
}

/** Everything of one failure group. */
export interface FailureStory {
  asOf: IsoTime;
  row: FailureRow;
  /** The standard's or the vendor's term behind the remedy. */
  term: { term: string; url: string } | null;
  /** Of the newest affected, the open ones first; newest attempt first. */
  attempts: FailureAttempt[];
  /** So many of those affected are told of; `row.affected` counts all. */
  told: number;
  /** The newest first. */
  acts: FailureAct[];
  retries: FailureRetry[];
}
