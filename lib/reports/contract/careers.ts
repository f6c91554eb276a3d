/** JSON of the reports on joiners and movers. */
import type { DriftKind, JoinerCase, MoveAttribute, Provenance } from "../../lifecycle/types.ts";
import type { IsoTime, LatencyBand, Percentiles, ReportBase } from "./base.ts";

export type JoinerStatus = "completed" | "open" | "failing" | "left";

export interface JoinerRow {
  identity: { userName: string; displayName: string | null };
  /** Key of the identity, for links. */
  subject: string;
  application: string;
  account: string;
  accountUserName: string | null;
  joinedAt: IsoTime;
  start: JoinerCase["start"];
  workingAt: IsoTime | null;
  /** Seconds from joinedAt to workingAt; null while the account was never seen working. */
  latency: number | null;
  /** `left`: the person had gone before it worked. */
  status: JoinerStatus;
  /** Seconds that the step has been open at asOf; null when it is closed. */
  openFor: number | null;
  lastError: string | null;
}

export interface JoinersReport extends ReportBase {
  from: IsoTime | null;
  to: IsoTime;
  summary: {
    joiners: number;
    steps: number;
    completed: number;
    open: number;
    failing: number;
    left: number;
    /** Seconds; null when the data do not reach the percentile. */
    naive: { p50: number | null; p95: number | null };
    kaplanMeier: { p50: number | null; p95: number | null };
    /** Half of the joiners had a first working account within so many seconds; those without one counted as waiting. */
    firstAccount: number | null;
  };
  /** The steps that work, by how long it took. */
  took: LatencyBand[];
  rows: JoinerRow[];
}

/** One account to which a move was to be carried. */
export interface MoveStep {
  application: string;
  account: string;
  carriedAt: IsoTime | null;
  /** Seconds from the move to the change at the application; null while it has not got there. */
  latency: number | null;
  status: "carried" | "failing";
  lastError: string | null;
}

/** One mover case, with a step for each application in which the change was tried. */
export interface MoveRow {
  steps: MoveStep[];
  identity: { userName: string; displayName: string | null };
  subject: string;
  movedAt: IsoTime;
  changes: { what: MoveAttribute; from: string | null; to: string | null; at: IsoTime; eventId: string }[];
}

export interface MoverRow {
  identity: { userName: string; displayName: string | null };
  subject: string;
  application: string;
  account: string;
  entitlement: string;
  kind: DriftKind;
  /** When the person lost what the entitlement came with, and what that was; null for `outside`. */
  movedAt: IsoTime | null;
  change: string | null;
  grantedAt: IsoTime;
  removedAt: IsoTime | null;
  status: "open" | "closed";
  provenance: Provenance;
  /** The event that granted it. */
  eventId: string;
}

export interface MoversReport extends ReportBase {
  from: IsoTime | null;
  to: IsoTime;
  summary: {
    /** Mover cases. */
    movers: number;
    /** Entitlements that moves left behind and that are still held. */
    drift: number;
    /** Entitlements held that provisioning did not grant. */
    outside: number;
    /** People with any of them. */
    affectedPeople: number;
    /** Steps of the moves: accounts to which they were to be carried, those reached, and those that failed. */
    steps: number;
    carried: number;
    failing: number;
    /** Seconds from move to application, the failing ones counted as not ended. */
    kaplanMeier: Percentiles;
  };
  rows: MoverRow[];
  /** The mover cases, the newest first. */
  moves: MoveRow[];
}
