/** The rows that the rules make of one subject's events: facts only, no clock. */
import type { ErrorClass, Instant, Operation } from "../ingest/event.ts";

/** How an account came to be: by SCIM, at a first sign-in, by hand, by an API client, by import, or not known. */
export type Provenance = "scim" | "jit" | "by-hand" | "bespoke" | "import" | "unknown";

/** Key of everything that is known of one person, non-human identity, unlinked account, or application connection. */
export type SubjectId = string;

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

export interface LeaverStep {
  subject: SubjectId;
  application: string;
  account: string;
  accountUserName: string | null;
  leftAt: Instant;
  trigger: "hr-termination" | "deactivate" | "suspend" | "delete";
  /** The first proof that access ended; may lie before leftAt (early). */
  endedAt: Instant | null;
  /** Set when the person came back before the end. */
  rehiredAt: Instant | null;
  /** The last attempt to end it, after the start, failed. */
  failing: boolean;
  lastError: string | null;
  /** First and last sign-in or token use after the start. */
  accessAfter: { first: Instant; last: Instant; count: number } | null;
}

/** One leaver case: also of people who had no account left to take away. */
export interface LeaverCase {
  subject: SubjectId;
  leftAt: Instant;
  trigger: LeaverStep["trigger"];
  rehiredAt: Instant | null;
  accessAfter: { first: Instant; last: Instant; count: number } | null;
}

/** Failures of one cause for one account (or for the connection as a whole). */
export interface FailureItemRow {
  subject: SubjectId;
  application: string;
  account: string | null;
  userName: string | null;
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

export type Capability = "joiner" | "mover" | "roles" | "leaver";

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
  id: string;
  name: string;
  /** Subject and user name of the owner. */
  subject: SubjectId | null;
  owner: string | null;
  createdAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}

/** All rows of one subject. */
export interface SubjectProjection {
  identity: IdentityRow | null;
  accounts: AccountFacts[];
  cases: LeaverCase[];
  steps: LeaverStep[];
  failures: FailureItemRow[];
  coverage: CoverageFact[];
  credentials: CredentialFacts[];
}
