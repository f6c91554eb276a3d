/** The rows that the rules make of one subject's events: facts only, no clock. */

import type { EntitlementRef, ErrorClass, Instant, Operation } from "../ingest/event.ts";
import type { TrialKind } from "../trials/record.ts";

/** How an account came to be: by SCIM, at a first sign-in, by hand, by an API client, by import, or not known. */
export type Provenance = "scim" | "jit" | "by-hand" | "bespoke" | "import" | "unknown";

/** Key of everything known of one person, non-human identity, unlinked account, or application connection. */
export type SubjectId = string;

export type LeaverTrigger = "hr-termination" | "deactivate" | "suspend" | "delete";
export type Capability = "joiner" | "mover" | "roles" | "leaver";

export interface IdentityRow {
  subject: SubjectId;
  /** `identity` when a source of truth knows it; `account` when only accounts carry the name. */
  kind: "identity" | "account";
  userName: string;
  displayName: string | null;
  email: string | null;
  /** Since when the person is gone, which may lie ahead; null when nothing says so. */
  inactiveFrom: Instant | null;
  department: string | null;
  title: string | null;
  manager: string | null;
  firstSeen: Instant;
  lastSeen: Instant;
}

export interface AccountFacts {
  subject: SubjectId;
  /** Key of the application. */
  application: string;
  /** The account's id at the application where known, else its user name. */
  account: string;
  userName: string | null;
  /** Whether a source of truth knows the identity behind it. */
  identityKnown: boolean;
  active: boolean;
  provenance: Provenance;
  /** The event that shows the provenance: the account's first witness. */
  provenanceEventId: string | null;
  createdAt: Instant | null;
  firstSeen: Instant;
  lastEventAt: Instant;
  lastActivityAt: Instant | null;
  endedAt: Instant | null;
  entitlements: string[];
}

/** One time of holding a group, role or licence: from the grant to the loss. */
export interface EntitlementFacts {
  subject: SubjectId;
  application: string;
  account: string;
  name: string;
  kind: EntitlementRef["kind"];
  provenance: Provenance;
  /** The event that granted it. */
  eventId: string;
  grantedAt: Instant;
  /** Null while it is held. */
  heldUntil: Instant | null;
}

/** One time of joining: a new person, or one who came back. */
export interface JoinerCase {
  subject: SubjectId;
  joinedAt: Instant;
  start: "create" | "rehire";
}

/** One account that a joiner was to get. */
export interface JoinerStep extends JoinerCase {
  application: string;
  account: string;
  accountUserName: string | null;
  /** The first proof, at or after the start, that the account works. */
  workingAt: Instant | null;
  /** When the person left without it ever having worked. */
  leftAt: Instant | null;
  /** Not working, and the last attempt to make it failed. */
  failing: boolean;
  lastError: string | null;
}

/** One account to which a move was to be carried. */
export interface MoverStep {
  subject: SubjectId;
  movedAt: Instant;
  application: string;
  account: string;
  accountUserName: string | null;
  /** The first update or change of roles after the move that succeeded. */
  carriedAt: Instant | null;
  /** None succeeded. */
  failing: boolean;
  lastError: string | null;
}

export type MoveAttribute = "department" | "title" | "manager" | "group";

/** One change of one mover case; `movedAt` is the case's start and names it. */
export interface MoveChange {
  subject: SubjectId;
  movedAt: Instant;
  at: Instant;
  what: MoveAttribute;
  from: string | null;
  to: string | null;
  eventId: string;
}

/** What an entitlement came with and stayed behind of; `outside`: it was granted by no provisioning. */
export type DriftKind = "group" | "department" | "title" | "outside";

/** An entitlement that should have gone with a move, or that provisioning never gave. */
export interface DriftFacts {
  subject: SubjectId;
  application: string;
  account: string;
  entitlement: string;
  kind: DriftKind;
  /** When the person lost what it came with; null for `outside`. */
  movedAt: Instant | null;
  /** That change in words. */
  change: string | null;
  grantedAt: Instant;
  /** When it was taken away, its account ended, or the person got back what it came with. */
  removedAt: Instant | null;
  provenance: Provenance;
  /** The event that granted it. */
  eventId: string;
}

/** Sign-ins and token uses between a case's start and its end. */
export interface AccessAfter {
  accessFirst: Instant | null;
  accessLast: Instant | null;
  accessCount: number;
}

/** One leaver case: also of people who had no account left to take away. */
export interface LeaverCase extends AccessAfter {
  subject: SubjectId;
  leftAt: Instant;
  trigger: LeaverTrigger;
  /** The source whose word began the case. */
  source: string;
  /** As a directory had last said it when the person left. */
  department: string | null;
  rehiredAt: Instant | null;
}

export interface LeaverStep extends AccessAfter {
  subject: SubjectId;
  application: string;
  account: string;
  accountUserName: string | null;
  leftAt: Instant;
  trigger: LeaverTrigger;
  /** Source and department of the case. */
  source: string;
  department: string | null;
  /** The first proof that access ended; may lie before leftAt (early). */
  endedAt: Instant | null;
  /** Set when the person came back before the end. */
  rehiredAt: Instant | null;
  /** The last attempt to end it, after the start, failed. */
  failing: boolean;
  lastError: string | null;
}

/** Failures of one cause for one account, one group, or the connection as a whole. */
export interface FailureItemRow {
  subject: SubjectId;
  application: string;
  account: string | null;
  userName: string | null;
  entitlement: string | null;
  /** The connection itself failed: any later success of the application mends it. */
  connection: boolean;
  operation: Operation;
  errorClass: ErrorClass;
  errorCode: string | null;
  httpStatus: number | null;
  message: string | null;
  advice: string | null;
  attempts: number;
  firstSeen: Instant;
  lastSeen: Instant;
  /** When the run of failures that is open now began; null when resolved. */
  openSince: Instant | null;
  resolvedAt: Instant | null;
}

interface CoverageWitness {
  subject: SubjectId;
  application: string;
  account: string | null;
  capability: Capability;
  at: Instant;
  eventId: string;
}

/** What a trial of the application has shown. */
export interface TrialFact extends CoverageWitness {
  kind: "proved" | "disproved";
  trial: TrialKind;
}

/** One attempt or change that counts in the coverage map, or what a trial has shown. */
export type CoverageFact = (CoverageWitness & { kind: "success" | "failure" | "manual" }) | TrialFact;

export interface CredentialFacts {
  subject: SubjectId;
  id: string;
  name: string;
  /** As the record names it: no target of provisioning, so no key. */
  application: string;
  /** Whether a known identity owns it. */
  owned: boolean;
  createdAt: Instant | null;
  firstSeen: Instant;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}

/** One application as one subject's events show it. */
export interface Sighting {
  subject: SubjectId;
  application: string;
  /** The spelling seen last, and when. */
  label: string;
  labelAt: Instant;
  /** A provisioning event other than import and read was seen. */
  provisioned: boolean;
  lastSignInAt: Instant | null;
}

/** All rows of one subject, or of all subjects together. */
export interface Projection {
  identities: IdentityRow[];
  accounts: AccountFacts[];
  cases: LeaverCase[];
  steps: LeaverStep[];
  failures: FailureItemRow[];
  coverage: CoverageFact[];
  credentials: CredentialFacts[];
  entitlements: EntitlementFacts[];
  joinerCases: JoinerCase[];
  joinerSteps: JoinerStep[];
  moverSteps: MoverStep[];
  moves: MoveChange[];
  drift: DriftFacts[];
  sightings: Sighting[];
}
