/** JSON of the offboarding report. */
import type { LeaverTrigger } from "../../lifecycle/types.ts";
import type { ApplicationSla, IsoTime, LatencyBand, Limits, Percentiles, ReportBase } from "./base.ts";

export type StepStatus = "completed" | "early" | "open" | "failing" | "rehired";

/** What all steps of a leaver came to: one is past its SLA; else one has not ended; else all ended in time. */
export type LeaverStatus = "late" | "pending" | "in-time";

export interface OffboardingRow {
  identity: { userName: string; displayName: string | null };
  /** Key of the identity, for links. */
  subject: string;
  application: string;
  account: string;
  accountUserName: string | null;
  leftAt: IsoTime;
  trigger: LeaverTrigger;
  endedAt: IsoTime | null;
  /** Seconds from leftAt to endedAt; 0 when early; null while there is no end. */
  latency: number | null;
  status: StepStatus;
  accessAfterLeaving: boolean;
  lastAccessAfterLeavingAt: IsoTime | null;
  /** Seconds that the step has been open at asOf; null when it is closed. */
  openFor: number | null;
  breached: boolean;
  lastError: string | null;
  leaverStatus: LeaverStatus;
  /** The SLA that `breached` was judged by. */
  slaSeconds: number;
  /** As a directory had last said it when the person left; null when none did. */
  department: string | null;
  /** The source whose word began the case, and that source's customer. */
  source: string;
  customer: string | null;
}

/** Of the Kaplan–Meier estimate: the share still open after so many seconds, with its 95 % band. */
export interface CurveStep {
  seconds: number;
  open: number;
  lower: number;
  upper: number;
}

/** The same figures for one application, department, customer, or month. */
export interface OffboardingGroup {
  /** `not known`: no department; `no customer`: the source has none. A month as `2026-03`. */
  name: string;
  leavers: number;
  /** `ended` and `open` and those rehired. */
  steps: number;
  ended: number;
  open: number;
  breached: number;
  /** The one SLA that all its steps have, seconds; null where they differ. */
  commonSla: number | null;
  naive: Percentiles;
  kaplanMeier: Percentiles;
  bands: { p50: Limits; p95: Limits };
  /**
   * At most 40 of the curve's steps, the first and the last among them; shares to four digits. Null on a page of the report of others
   * than the first twelve groups (of months the last), unless `curves` asks for all.
   */
  curve: CurveStep[] | null;
  /** Seconds for which the longest step, ended or not, has been watched: the curve says nothing beyond. */
  watched: number;
}

/** Somebody of whom a source says ahead that he leaves. */
export interface ScheduledLeaver {
  identity: { userName: string; displayName: string | null };
  subject: string;
  leftAt: IsoTime;
  /** The source that says so. */
  source: string;
}

export interface OffboardingReport extends ReportBase {
  from: IsoTime | null;
  to: IsoTime;
  summary: {
    leavers: number;
    steps: number;
    completed: number;
    early: number;
    open: number;
    failing: number;
    rehired: number;
    /** Leaver cases with a sign-in or a token used after the start. */
    accessAfterLeaving: number;
    /** Steps that ended within the SLA, and that are past it (ended late or still open). */
    withinSla: number;
    breached: number;
    /** Cases none of whose steps is open or failing. */
    leaversDone: number;
    /** Cases all of whose steps ended within the SLA, and those with one past it; the others have one that is open and not late. */
    leaversInTime: number;
    leaversLate: number;
    /** Steps that ended past the SLA. */
    endedLate: number;
    /** Seconds that the step open longest has been open; null when none is. */
    oldestOpen: number | null;
    naive: Percentiles;
    kaplanMeier: Percentiles;
    /** Limits of the Kaplan–Meier percentiles. */
    bands: { p50: Limits; p95: Limits };
  };
  /** The SLAs that were used beside `settings.slaSeconds`. */
  slas: ApplicationSla[];
  /** The one SLA that all steps have, seconds; null where they differ. */
  commonSla: number | null;
  /** The steps that ended, by how long it took. */
  took: LatencyBand[];
  /** The Kaplan–Meier estimate of the share of steps still open after so many seconds, with its 95 % band. */
  curve: (CurveStep & { standardError: number | null })[];
  /** Those with the most past the SLA first, months in their order. */
  groups: Record<"application" | "department" | "customer" | "month", OffboardingGroup[]>;
  /** Who is to leave after `asOf`, the next first; counted nowhere else. */
  scheduled: ScheduledLeaver[];
  rows: OffboardingRow[];
}
