/** JSON of the failed-sync queue. */
import type { ErrorClass, Operation } from "../../ingest/event.ts";
import type { IsoTime, ReportBase } from "./base.ts";

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
  resolvedAt: IsoTime | null;
}

export interface FailuresReport extends ReportBase {
  /** `groups` and `affected` count all rows; `open` the groups not yet resolved. */
  summary: { groups: number; open: number; affected: number; openItems: number };
  rows: FailureRow[];
}
