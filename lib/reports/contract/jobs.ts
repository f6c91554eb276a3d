/** JSON of long work: what comes in, is worked out anew, or is written. */
import type { IsoTime } from "./base.ts";

export interface JobRow {
  id: string;
  kind: "ingest" | "rebuild" | "evidence" | "conformance";
  /** What it is about: a file's name, a scope; null where the kind says all. */
  about: string | null;
  state: "running" | "done" | "failed" | "interrupted";
  /** How far it is, in `unit`; `all` null where nobody knows beforehand. */
  done: number;
  all: number | null;
  unit: "bytes" | "subjects" | "records" | "checks";
  /** Who began it; null where that is not kept with it. */
  by: string | null;
  startedAt: IsoTime;
  finishedAt: IsoTime | null;
  /** A sentence for the person, when it failed. */
  error: string | null;
  /** What came of it, for whoever made it, for a while. */
  download: { href: string; name: string; bytes: number; sha256: string; until: IsoTime } | null;
}

/** What runs, and what ended lately; the newest first. */
export interface JobsReport {
  jobs: JobRow[];
}
