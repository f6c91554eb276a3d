/** Reports that were kept, read back from the log. */
import type { Db } from "../../db/client.ts";
import { fitted } from "../ingest/strangers.ts";
import { readTrials } from "../trials/read-trials.ts";
import { type ConformanceReport, type Finding, REPORT } from "./finding.ts";
import { type Differences, differencesOf } from "./report.ts";
import { isWrong } from "./words.ts";

/** As a list tells of one. */
export interface ConformanceTold
  extends Pick<
    ConformanceReport,
    "id" | "level" | "startedAt" | "endedAt" | "requests" | "stopped" | "summary" | "themes" | "leftOver"
  > {
  by: string | null;
  /** What failed or gave a warning, worst first. */
  wrong: Pick<Finding, "id" | "title" | "verdict" | "severity" | "said" | "mend">[];
  /** Against the one before of the same level; null where there is none. */
  differences: Differences | null;
}

interface Kept {
  report: ConformanceReport;
  by: string | null;
}

/** A list's worth, and one more for the last one's differences. */
const SHOWN = 20;

/** What anybody may have sent in as a trial is shown only where it is a report. */
async function readKept(db: Db, workspace: string, application: string): Promise<Kept[]> {
  const trials = await readTrials(db, workspace, application, { kinds: ["conformance"], limit: SHOWN + 1 });
  return trials.flatMap(({ report, by }) => {
    const read = fitted(REPORT, report);
    return read.success ? [{ report: read.data, by }] : [];
  });
}

/** The newest reports of an application, the last one first. @param application in any spelling. */
export async function listConformance(
  db: Db,
  workspace: string,
  application: string,
): Promise<ConformanceTold[]> {
  const kept = await readKept(db, workspace, application);
  return kept.slice(0, SHOWN).map(({ report, by }, i) => {
    const { id, level, startedAt, endedAt, requests, stopped, summary, themes, leftOver } = report;
    const before = kept.slice(i + 1).find((one) => one.report.level === level);
    return {
      id,
      by,
      level,
      startedAt,
      endedAt,
      requests,
      stopped,
      summary,
      themes,
      leftOver,
      wrong: report.findings.filter(isWrong).map(({ id: check, title, verdict, severity, said, mend }) => ({
        id: check,
        title,
        verdict,
        severity,
        said,
        mend,
      })),
      differences: before === undefined ? null : differencesOf(before.report, report),
    };
  });
}

/** @param id of the report; null: the newest. @returns null where there is none. */
export async function readConformance(
  db: Db,
  workspace: string,
  application: string,
  id: string | null,
): Promise<ConformanceReport | null> {
  const kept = await readKept(db, workspace, application);
  return kept.find(({ report }) => id === null || report.id === id)?.report ?? null;
}
