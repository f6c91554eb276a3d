/** JSON of the report reconciliation. */
import type { DifferenceKind } from "../../lifecycle/types.ts";
import type { IsoTime, ReportBase } from "./base.ts";
import type { FailureNote, FailureState } from "./failures.ts";

/** One finding: an account that its application shows otherwise than it should be. */
export interface ReconciliationRow {
  /** Stable key, for links and decisions. */
  id: string;
  application: string;
  account: string;
  userName: string | null;
  subject: string;
  kind: DifferenceKind;
  /** The attribute or the group; null: the account itself. */
  what: string | null;
  /** As the sources of truth and the log have it. */
  expected: string;
  /** As the application showed it last. */
  found: string;
  /** The event that says how it should be; null: that nothing does is the finding. */
  expectedEventId: string | null;
  /** The event that shows how it is; of an account that is missing, the reading that did not bring it. */
  foundEventId: string | null;
  /** When the application first showed it. */
  openedAt: IsoTime;
  /** When a later reading showed it gone; null: none has. */
  closedAt: IsoTime | null;
  /** Seconds since it was opened; null when it is closed. */
  age: number | null;
  /** As people decided, and the readings since. */
  state: FailureState;
  until: IsoTime | null;
  owner: string | null;
  ownerId: string | null;
  notes: FailureNote[];
}

/** One application that was looked at. */
export interface ReconciledApplication {
  application: string;
  /** The newest reading or export: over SCIM, or a file. */
  how: "scim" | "export";
  readAt: IsoTime;
  /** Whether it brought all accounts: else nobody is called missing by it. */
  complete: boolean;
  /** Why it is not all, or what was not read. */
  why: string | null;
  /** The newest that was complete. */
  completeAt: IsoTime | null;
  /** How many accounts it brought; null where it does not say. */
  accounts: number | null;
  /** Findings that no later reading has closed. */
  open: number;
  /** How many were open at the end of each complete reading, the last sixty. */
  trend: { at: IsoTime; open: number }[];
}

export interface ReconciliationReport extends ReportBase {
  from: IsoTime | null;
  to: IsoTime;
  /** `open` counts what no later reading has closed, whatever people decided; by kind of these. */
  summary: { findings: number; open: number; closed: number; applications: number } & Record<
    DifferenceKind,
    number
  >;
  rows: ReconciliationRow[];
  applications: ReconciledApplication[];
}
