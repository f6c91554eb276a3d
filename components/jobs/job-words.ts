/** Long work in words. */
import type { JobRow } from "../../lib/reports/contract.ts";
import { bytes, count } from "../format/number.ts";
import type { Word } from "../format/words.ts";

const KINDS: Record<JobRow["kind"], string> = {
  ingest: "Reading",
  rebuild: "Working everything out anew",
  evidence: "Evidence",
  conformance: "Checking conformance",
};

export const STATE_WORDS: Record<JobRow["state"], Word> = {
  running: { word: "Running", tone: "unknown" },
  done: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  interrupted: { word: "Interrupted", tone: "risk" },
};

/** What it is: `Evidence: Slack`. */
export function titleOf({ kind, about }: JobRow): string {
  if (about === null) return KINDS[kind];
  return kind === "ingest" ? `${KINDS[kind]} ${about}` : `${KINDS[kind]}: ${about}`;
}

/** How far it is: `1,200 of 57,400 records`. */
export function progressOf({ done, all, unit }: JobRow): string {
  if (unit === "bytes") return all === null ? `${bytes(done)} read` : `${bytes(done)} of ${bytes(all)} read`;
  const what = unit === "subjects" ? "identities, accounts and applications" : unit;
  return all === null
    ? done === 0
      ? "beginning"
      : `${count(done)} ${what}`
    : `${count(done)} of ${count(all)} ${what}`;
}

/** The share that is done, 0 to 1; null where nobody knows how much there is, or where what is read must still be worked out. */
export function shareOf({ done, all }: JobRow): number | null {
  return all === null || all === 0 ? null : Math.min(done / all, 1);
}
