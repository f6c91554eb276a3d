/**
 * The reports' JSON: what the command line, the HTTP API, the pages and the evidence pack all carry.
 * Times are ISO 8601 UTC, durations whole seconds. Fields are added, never renamed or removed.
 */

import type { Detail, ErrorClass, Layer, NormalEvent, Operation, Outcome } from "../ingest/event.ts";
import type { GapKind } from "../lifecycle/completeness.ts";
import type {
  Capability,
  DriftKind,
  JoinerCase,
  LeaverTrigger,
  MoveAttribute,
  Provenance,
} from "../lifecycle/types.ts";

/** ISO 8601 in UTC, e.g. `2026-03-01T09:00:00.000Z`. */
export type IsoTime = string;

export type { Capability, DriftKind, LeaverTrigger, Provenance };
export type CoverageState = "automated" | "degraded" | "untested" | "manual" | "none";

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
}

export interface CoverageCell {
  state: CoverageState;
  /** Successful provisioning events in the window. */
  successes: number;
  /** Failed provisioning events in the window. */
  failures: number;
  /** Changes in the window that no provisioning event explains. */
  manual: number;
  /** The newest event that shows the state. */
  lastEventAt: IsoTime | null;
  lastEventId: string | null;
  /** Accounts attempted in the window, and those whose last attempt failed. */
  attempted: number;
  leftInFailure: number;
  /** One sentence that says why the state is what it is. */
  why: string;
}

export interface CoverageRow {
  application: string;
  cells: Record<Capability, CoverageCell>;
  /** Active accounts. */
  accounts: number;
  /** Distinct people with an active account or a sign-in: those exposed. */
  people: number;
  /** Active accounts that SCIM did not make, and what active accounts hold that it did not grant. */
  notByScim: { accounts: number; entitlements: number };
  /** Accounts or sign-ins were seen, never a provisioning event. */
  uncovered: boolean;
  /** 1 = automate first. */
  rank: number;
}

export interface CoverageReport extends ReportBase {
  window: { from: IsoTime; to: IsoTime; days: number };
  summary: {
    applications: number;
    uncovered: number;
    cells: Record<CoverageState, number>;
    accounts: number;
    /** Active accounts in applications with at least one automated capability of joiner and leaver. */
    accountsCovered: number;
  };
  /** The SLAs for leavers that were used beside `settings.slaHours`. */
  slas: ApplicationSla[];
  rows: CoverageRow[];
}

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
  state: FailureState;
  remedy: string;
  /** Those affected, the open ones first: user name, or the application itself. */
  items: FailureItem[];
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

export type StepStatus = "completed" | "early" | "open" | "failing" | "rehired";

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
  /** The SLA that `breached` was judged by. */
  slaSeconds: number;
  /** As a directory had last said it when the person left; null when none did. */
  department: string | null;
  /** The source whose word began the case, and that source's customer. */
  source: string;
  customer: string | null;
}

/** Seconds; null when the data do not reach the percentile. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
}

/** 95 % confidence limits in seconds; null where the data do not reach them. */
export interface Limits {
  lower: number | null;
  upper: number | null;
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
  naive: Percentiles;
  kaplanMeier: Percentiles;
  bands: { p50: Limits; p95: Limits };
}

/** An application whose SLA somebody has set. */
export interface ApplicationSla {
  application: string;
  hours: number;
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
    naive: Percentiles;
    kaplanMeier: Percentiles;
    /** Limits of the Kaplan–Meier percentiles. */
    bands: { p50: Limits; p95: Limits };
  };
  /** The SLAs that were used beside `settings.slaSeconds`. */
  slas: ApplicationSla[];
  /** The Kaplan–Meier estimate of the share of steps still open after so many seconds, with its 95 % band. */
  curve: { seconds: number; open: number; lower: number; upper: number; standardError: number | null }[];
  /** Those with the most past the SLA first, months in their order. */
  groups: Record<"application" | "department" | "customer" | "month", OffboardingGroup[]>;
  /** Who is to leave after `asOf`, the next first; counted nowhere else. */
  scheduled: ScheduledLeaver[];
  rows: OffboardingRow[];
}

export type DormantStatus = "dormant" | "never-used" | "zombie" | "orphan";
export type CredentialStatus = "active" | "unused" | "never-used" | "unrotated" | "owner-left" | "no-owner";

export interface DormantRow {
  application: string;
  account: string;
  userName: string | null;
  subject: string | null;
  status: DormantStatus;
  lastActivityAt: IsoTime | null;
  /** Whole days since the last activity, or since the account was first seen when it was never used. */
  idleDays: number | null;
}

export interface CredentialRow {
  id: string;
  name: string;
  owner: string | null;
  status: CredentialStatus;
  createdAt: IsoTime | null;
  lastUsedAt: IsoTime | null;
}

export interface DormantReport extends ReportBase {
  days: number;
  summary: Record<DormantStatus | "unknown", number>;
  rows: DormantRow[];
  /** Active accounts of applications for which no source reports activity. */
  unknown: { application: string; accounts: number }[];
  credentials: CredentialRow[];
}

export interface AccountRow {
  application: string;
  account: string;
  userName: string | null;
  /** The identity's user name; null when no source of truth knows one. */
  identity: string | null;
  subject: string | null;
  active: boolean;
  createdAt: IsoTime | null;
  lastEventAt: IsoTime;
  lastActivityAt: IsoTime | null;
  provenance: Provenance;
  /** The event that shows it. */
  provenanceEventId: string | null;
  entitlements: string[];
  /** The same entitlements, each with how, when and by which event it was granted. */
  grants: Grant[];
}

export interface Grant {
  name: string;
  provenance: Provenance;
  since: IsoTime;
  eventId: string;
}

export interface AccountsReport extends ReportBase {
  summary: { accounts: number; active: number };
  rows: AccountRow[];
}

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
  rows: JoinerRow[];
}

/** One mover case. */
export interface MoveRow {
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
  };
  rows: MoverRow[];
  /** The mover cases, the newest first. */
  moves: MoveRow[];
}

export interface Reports {
  coverage: CoverageReport;
  failures: FailuresReport;
  offboarding: OffboardingReport;
  dormant: DormantReport;
  accounts: AccountsReport;
  joiners: JoinersReport;
  movers: MoversReport;
  completeness: CompletenessReport;
}
export type ReportName = keyof Reports;

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

/** Everything known of one identity (or unlinked account), newest event first. */
export interface IdentityReport {
  asOf: IsoTime;
  subject: string;
  kind: "identity" | "account";
  userName: string;
  displayName: string | null;
  email: string | null;
  active: boolean;
  department: string | null;
  title: string | null;
  manager: string | null;
  firstSeen: IsoTime;
  lastSeen: IsoTime;
  /** Names and ids that were linked into this identity, with the rule that did it. */
  links: { source: string; ref: string; rule: string }[];
  accounts: AccountRow[];
  offboarding: OffboardingRow[];
  joining: JoinerRow[];
  moves: MoveRow[];
  drift: MoverRow[];
  credentials: CredentialRow[];
  events: TimelineEvent[];
  totalEvents: number;
}

/** Somebody as a conflict shows them. */
export interface Party {
  ref: string;
  subject: string;
  source: string;
  userName: string;
  displayName: string | null;
  active: boolean;
  firstSeen: IsoTime | null;
  leftAt: IsoTime | null;
}

/** Two whom nobody has decided to be one person or two. They are two until somebody does. */
export interface LinkConflict {
  /** `together`: both are there under one name; `returned`: one had left when the other came; `blocked`: see `why`. */
  kind: "together" | "returned" | "blocked";
  a: Party;
  b: Party;
  /** The name or id that they share. */
  value: string | null;
  why: string;
}

export interface LinksReport {
  asOf: IsoTime;
  summary: { conflicts: number; decisions: number };
  conflicts: LinkConflict[];
  /** Every decision ever made, the newest first; `holds` when no newer one of the same two replaces it. */
  decisions: {
    a: Party;
    b: Party;
    verdict: "same" | "different" | "withdrawn";
    reason: string;
    by: string;
    at: IsoTime;
    holds: boolean;
  }[];
}

/** A hit of the search for a person or application. */
export interface SearchHit {
  kind: "identity" | "account" | "application";
  label: string;
  detail: string | null;
  href: string;
}

/** One event with the raw record behind it. */
export interface EventDetail extends TimelineEvent {
  normal: NormalEvent;
  /** The record byte for byte, as text when it is UTF-8. */
  raw: { text: string | null; base64: string | null; sha256: string; bytes: number };
  subject: string | null;
}

export interface SourceRow extends SourceCompleteness {
  id: string;
  customer: string | null;
  label: string;
  events: number;
  createdAt: IsoTime;
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
}

/** What can be asked of any report; each uses what concerns it. Instants in milliseconds. */
export interface ReportParams {
  asOf?: number | undefined;
  from?: number | undefined;
  to?: number | undefined;
  days?: number | undefined;
  application?: string | undefined;
  customer?: string | undefined;
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
