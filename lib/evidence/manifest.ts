/** What stands in `manifest.json` and on a line of `records/*.ndjson`: the pack's layout. What reads it is verify.mjs. */
import type { LAYOUT_VERSION } from "./verify.mjs";

export interface ManifestFile {
  path: string;
  bytes: number;
  sha256: string;
  /** Rows of a report or records of the log; absent in files that hold neither. */
  rows?: number | undefined;
  /** The source whose records the file holds. */
  source?: string | undefined;
}

interface Gap {
  kind: "silence" | "jump" | "retention" | "interrupted";
  from: string;
  to: string;
  expected: number | null;
  why: string;
}

/** Kinds of packs that have a document of their own. */
export const TEMPLATES = ["quarterly-review", "offboarding-sample", "assurance-letter"] as const;

/** All times in ISO 8601. */
export interface Manifest {
  product: "Rollcall";
  layoutVersion: typeof LAYOUT_VERSION;
  createdAt: string;
  workspace: string;
  asOf: string;
  period: { from: string | null; to: string | null };
  /** Of everything, or of one customer, one application, one access review (by its id). */
  scope: { customer: string | null; application: string | null; review: string | null };
  /** Set when the pack was made after a template: templates.ts. */
  template?: { name: (typeof TEMPLATES)[number]; parameters: Record<string, string | number> } | undefined;
  /** People stand by pseudonyms, and the bytes of records are withheld. */
  pseudonymised?: true | undefined;
  sources: {
    source: string;
    format: string;
    records: number;
    rejected: number;
    firstEventAt: string | null;
    lastEventAt: string | null;
    gaps: Gap[];
  }[];
  reports: { name: string; parameters: Record<string, string | number | null>; rows: number }[];
  /** The log as it was signed for this pack: its name, how many records it has, and the root over them in hex. */
  log: { origin: string; size: number; root: string };
  /** Records in all `records/*.ndjson`, and the events that were read from them. */
  records: number;
  events: number;
  /** Every file of the pack but the manifest itself and its signature. */
  files: ManifestFile[];
}

/** One line of `records/*.ndjson`. The bytes stand as text where they are UTF-8, else in base64. */
export interface RecordLine {
  source: string;
  format: string;
  fingerprint: string;
  sha256: string;
  /** Its place in the log. */
  leaf: number;
  /** The bytes, or why they are not here; one of these four. */
  raw?: string;
  rawBase64?: string;
  /** A person whom they concern is sealed or erased, or the pack has pseudonyms for people. */
  withheld?: "sealed" | "erased" | "pseudonymised";
  /** The log has the hash alone: when the rest was removed, and by what. */
  removed?: { at: string; why: "retention" };
  /** In a pack with pseudonyms: the events that were read from the record, people in them by their pseudonyms. */
  normal?: Record<string, unknown>[];
}
