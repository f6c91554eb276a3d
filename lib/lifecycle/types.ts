/** The rows that the rules make of one subject's events: facts only, no clock. */
import type { ErrorClass, Instant, Operation } from "../ingest/event.ts";

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
  active: boolean;
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
  createdAt: Instant | null;
  firstSeen: Instant;
  lastEventAt: Instant;
  lastActivityAt: Instant | null;
  endedAt: Instant | null;
  entitlements: string[];
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
  rehiredAt: Instant | null;
}

export interface LeaverStep extends AccessAfter {
  subject: SubjectId;
  application: string;
  account: string;
  accountUserName: string | null;
  leftAt: Instant;
  trigger: LeaverTrigger;
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

/** One attempt or change that counts in the coverage map. */
export interface CoverageFact {
  subject: SubjectId;
  application: string;
  account: string | null;
  capability: Capability;
  kind: "success" | "failure" | "manual";
  at: Instant;
  eventId: string;
}

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
  sightings: Sighting[];
}
