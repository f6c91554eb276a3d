/** What a check of an application's SCIM service is, and what comes of it. docs/conformance.md says it in words. */
import type { Capability } from "../lifecycle/types.ts";

export const LEVELS = ["read", "write"] as const;
/** `read` only asks; `write` makes a marked test user and group, changes them, and takes them away again. */
export type Level = (typeof LEVELS)[number];

/** In the order in which they are tried and told. */
export const THEMES = {
  discovery: "Discovery",
  reading: "Reading",
  filters: "Filters",
  paging: "Paging",
  errors: "Errors",
  creating: "Creating",
  extensions: "Extensions",
  patch: "PATCH",
  put: "PUT",
  etags: "Versions",
  groups: "Groups",
  bulk: "Bulk",
  deactivation: "Deactivating",
  deletion: "Deleting",
  idempotence: "Asked twice",
} as const;
export type Theme = keyof typeof THEMES;

/** `high`: provisioning breaks by it, or access stays open; `medium`: some of it goes wrong; `low`: clients get by. */
export const SEVERITIES = ["high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Requirement {
  document: "RFC 7643" | "RFC 7644" | "RFC 9110" | "RFC 9865";
  /** `3.5.2.1` */
  section: string;
  /** What a MUST breaks has failed; what a SHOULD or MAY breaks is a warning. */
  level: "MUST" | "SHOULD" | "MAY";
  /** Which identity provider sends it, where the standard alone does not ask for it. */
  practice?: string;
}

export const VERDICTS = ["failed", "warning", "passed", "not-applicable", "not-tried"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One question and its answer, as they may be shown to anybody: without people and without the token. */
export interface ToldExchange {
  method: string;
  /** Beneath the service's address, with its query; `{userName}` and the like stand for what is not told. */
  path: string;
  /** As it was sent; null where there was none, or where all was well. */
  body: string | null;
  ifMatch: string | null;
  status: number;
  /** Those that matter; none where all was well. */
  headers: Readonly<Record<string, string>>;
  /** The beginning of the answer; null where it had none, or where all was well. */
  answer: string | null;
}

export interface Finding {
  id: string;
  theme: Theme;
  title: string;
  requirement: Requirement;
  severity: Severity;
  verdict: Verdict;
  /** What was found, in a sentence; null where all was well. */
  said: string | null;
  /** What to change; null where nothing is. */
  mend: string | null;
  exchanges: ToldExchange[];
  /** What of provisioning it tries; null: none. */
  capability: Capability | null;
}

export type Counts = Readonly<Record<Verdict, number>>;

/** Version 1 of the report. Fields may be added to it; a change of what is there makes a version 2. */
export interface ConformanceReport {
  $conformance: 1;
  id: string;
  application: string | null;
  /** Address of the service. */
  service: string;
  level: Level;
  startedAt: string;
  endedAt: string;
  requests: number;
  /** The test user's name; null where none was to be made. */
  identity: string | null;
  /** Why the rest was not tried; null: all was. */
  stopped: string | null;
  summary: Counts;
  themes: (Counts & { theme: Theme; title: string })[];
  /** Failures first, by severity. */
  findings: Finding[];
  /** What was made and could not be taken away again. */
  leftOver: { type: "User" | "Group"; id: string; why: string }[];
}
