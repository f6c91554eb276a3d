/** What the values of the reports are called on pages, and which state's colour and shape they take. */
import type {
  Capability,
  CoverageState,
  CredentialStatus,
  DifferenceKind,
  DormantStatus,
  DriftKind,
  FailureState,
  IngestRow,
  JoinerStatus,
  LeaverTrigger,
  Provenance,
  StepStatus,
  TimelineEvent,
} from "../../lib/reports/contract.ts";

/** The five states that have a colour and a shape. */
export type Tone = "good" | "risk" | "bad" | "unknown" | "none";

/** A word and how it is drawn. */
export interface Word {
  word: string;
  tone: Tone;
}

export const CAPABILITIES: readonly Capability[] = ["joiner", "mover", "roles", "leaver"];

export const CAPABILITY_WORDS: Record<Capability, { word: string; means: string }> = {
  joiner: { word: "Joiner", means: "accounts are created" },
  mover: { word: "Mover", means: "changes are carried over" },
  roles: { word: "Roles", means: "groups and roles follow" },
  leaver: { word: "Leaver", means: "accounts are ended" },
};

export const COVERAGE_STATES: readonly CoverageState[] = [
  "automated",
  "degraded",
  "manual",
  "untested",
  "none",
];

export const COVERAGE_WORDS: Record<CoverageState, Word & { means: string }> = {
  automated: { word: "Automated", tone: "good", means: "provisioning carries the changes" },
  degraded: { word: "Degraded", tone: "risk", means: "tried, but failing or late" },
  manual: { word: "Manual", tone: "bad", means: "changes that no provisioning explains" },
  untested: { word: "Untested", tone: "unknown", means: "worked before, nothing seen lately" },
  none: { word: "None", tone: "none", means: "nothing was ever seen" },
};

export const STEP_WORDS: Record<StepStatus, Word> = {
  completed: { word: "Ended", tone: "good" },
  early: { word: "Ended before", tone: "good" },
  open: { word: "Open", tone: "risk" },
  failing: { word: "Failing", tone: "bad" },
  rehired: { word: "Rehired", tone: "none" },
};

export const JOINER_WORDS: Record<JoinerStatus, Word> = {
  completed: { word: "Working", tone: "good" },
  open: { word: "Waiting", tone: "risk" },
  failing: { word: "Failing", tone: "bad" },
  left: { word: "Left before", tone: "none" },
};

export const DRIFT_WORDS: Record<DriftKind, { word: string; means: string }> = {
  group: { word: "Group left", means: "the person left the group of that name" },
  department: { word: "Department left", means: "came with a department that the person left" },
  title: { word: "Title left", means: "came with a title that the person no longer has" },
  outside: { word: "Outside", means: "granted by no provisioning" },
};

export const PROVENANCE_WORDS: Record<Provenance, string> = {
  scim: "SCIM",
  jit: "at first sign-in",
  "by-hand": "by hand",
  bespoke: "own code",
  import: "import",
  unknown: "unknown",
};

export const TRIGGER_WORDS: Record<LeaverTrigger, string> = {
  "hr-termination": "HR termination",
  deactivate: "deactivated in the directory",
  suspend: "suspended in the directory",
  delete: "deleted in the directory",
};

export const DORMANT_WORDS: Record<DormantStatus, Word & { means: string }> = {
  zombie: { word: "Zombie", tone: "bad", means: "its person has left" },
  orphan: { word: "Orphan", tone: "bad", means: "nobody known owns it" },
  "never-used": { word: "Never used", tone: "risk", means: "no sign-in since it was made" },
  dormant: { word: "Dormant", tone: "risk", means: "no sign-in for a long time" },
};

export const DIFFERENCE_WORDS: Record<DifferenceKind, Word & { means: string }> = {
  "log-says-done": {
    word: "Log says done",
    tone: "bad",
    means: "the log says that it was ended, and the application shows it active",
  },
  "active-though-left": { word: "Active though left", tone: "bad", means: "its person has left" },
  missing: {
    word: "Missing",
    tone: "risk",
    means: "it should be there, and a complete reading did not bring it",
  },
  extra: { word: "One too many", tone: "risk", means: "nothing says that it should be there" },
  "inactive-though-present": {
    word: "Inactive though present",
    tone: "risk",
    means: "its person is there, and it should be active",
  },
  "group-drift": {
    word: "Group differs",
    tone: "risk",
    means: "its groups are not those that provisioning gave",
  },
  "attribute-drift": {
    word: "Attribute differs",
    tone: "unknown",
    means: "a value is another than the directory has",
  },
};

export const CREDENTIAL_WORDS: Record<CredentialStatus, Word> = {
  active: { word: "In use", tone: "good" },
  "owner-left": { word: "Owner left", tone: "bad" },
  "no-owner": { word: "No owner", tone: "bad" },
  "never-used": { word: "Never used", tone: "risk" },
  unused: { word: "Unused", tone: "risk" },
  unrotated: { word: "Not rotated", tone: "risk" },
};

export const FAILURE_STATE_WORDS: Record<FailureState, Word> = {
  open: { word: "Open", tone: "bad" },
  acknowledged: { word: "Acknowledged", tone: "risk" },
  snoozed: { word: "Snoozed", tone: "unknown" },
  resolved: { word: "Resolved", tone: "good" },
};

export const INGEST_WORDS: Record<IngestRow["state"], Word> = {
  running: { word: "Reading", tone: "unknown" },
  done: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  interrupted: { word: "Interrupted", tone: "risk" },
};

export const OUTCOME_WORDS: Record<TimelineEvent["outcome"], Word> = {
  success: { word: "Success", tone: "good" },
  failure: { word: "Failure", tone: "bad" },
  skipped: { word: "Skipped", tone: "none" },
  pending: { word: "Pending", tone: "unknown" },
};

/** A value of the contract as a word: `member-add` → `member add`, `rate-limit` → `rate limit`. */
export const plain = (value: string): string => value.replaceAll("-", " ");

/** The same at the start of a sentence. */
export const capital = (value: string): string => plain(value.charAt(0).toUpperCase() + value.slice(1));

/** What a value is called by these words; `otherwise` for one that they don't know, as an address may hold it. */
export function wordIn(
  words: Readonly<Record<string, string | { word: string }>>,
  value: string,
  otherwise: string = value,
): string {
  const found = Object.hasOwn(words, value) ? words[value] : undefined;
  return (typeof found === "object" ? found.word : found) ?? otherwise;
}
