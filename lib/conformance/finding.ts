/**
 * What a check of an application's SCIM service is, and what comes of it. docs/conformance.md says it in words. The report is a
 * schema: it is read back from the log, where anybody who may send records in could have put one.
 */
import { z } from "zod";

export const LEVELS = ["read", "write"] as const;
/** `read` only asks; `write` makes marked test users and groups, changes them, and takes them away again. */
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
export const THEME_NAMES = Object.keys(THEMES) as [Theme, ...Theme[]];

/** `high`: provisioning breaks by it, or access stays open; `medium`: some of it goes wrong; `low`: clients get by. */
export const SEVERITIES = ["high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Worst first. */
export const VERDICTS = ["failed", "warning", "not-tried", "passed", "not-applicable"] as const;
export type Verdict = (typeof VERDICTS)[number];

const text = z.string().max(4_000);

const REQUIREMENT = z.object({
  document: z.enum(["RFC 7643", "RFC 7644", "RFC 9110", "RFC 9865"]),
  /** `3.5.2.1` */
  section: text,
  /** The standard's word there (docs/conformance.md): what breaks a MUST has failed; what breaks a SHOULD or MAY is a warning. */
  level: z.enum(["MUST", "SHOULD", "MAY"]),
  /** Which identity provider sends it, where the standard alone does not ask for it. */
  practice: text.optional(),
});
export type Requirement = z.infer<typeof REQUIREMENT>;

/** One question and its answer, as they may be shown to anybody: without people and without the token. */
const EXCHANGE = z.object({
  method: text,
  /** Beneath the service's address, with its query; `{userName}` and the like stand for what is not told. */
  path: text,
  /** As it was sent; null where there was none, or where all was well. */
  body: text.nullable(),
  ifMatch: text.nullable(),
  status: z.number(),
  /** Those that matter; none where all was well. */
  headers: z.record(z.string(), text),
  /** The beginning of the answer; null where it had none, or where all was well. */
  answer: text.nullable(),
});
export type ToldExchange = z.infer<typeof EXCHANGE>;

const FINDING = z.object({
  id: text,
  theme: z.enum(THEME_NAMES),
  title: text,
  requirement: REQUIREMENT,
  severity: z.enum(SEVERITIES),
  verdict: z.enum(VERDICTS),
  /** What was found, in a sentence; null where all was well. */
  said: text.nullable(),
  /** What to change; null where nothing is. */
  mend: text.nullable(),
  exchanges: z.array(EXCHANGE).max(100),
  /** What of provisioning it tries; null: none. */
  capability: z.enum(["joiner", "mover", "roles", "leaver"]).nullable(),
});
export type Finding = z.infer<typeof FINDING>;

const COUNTS = z.object({
  failed: z.number(),
  warning: z.number(),
  passed: z.number(),
  "not-applicable": z.number(),
  "not-tried": z.number(),
});
export type Counts = z.infer<typeof COUNTS>;

/** Version 1 of the report. Fields may be added to it; a change of what is there makes a version 2. */
export const REPORT = z.object({
  $conformance: z.literal(1),
  id: z.uuid(),
  application: text.nullable(),
  /** Address of the service. */
  service: text,
  level: z.enum(LEVELS),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  requests: z.number(),
  /** The test user's name; null where none was to be made. */
  identity: text.nullable(),
  /** Why the rest was not tried; null: all was. */
  stopped: text.nullable(),
  summary: COUNTS,
  themes: z.array(COUNTS.extend({ theme: z.enum(THEME_NAMES), title: text })).max(100),
  /** Failures first, by severity. */
  findings: z.array(FINDING).max(1_000),
  /** What was made and could not be taken away again. */
  leftOver: z.array(z.object({ type: z.enum(["User", "Group"]), id: text, why: text })).max(100),
});
export type ConformanceReport = z.infer<typeof REPORT>;
