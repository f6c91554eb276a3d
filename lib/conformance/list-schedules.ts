/** Which applications are checked by a schedule, and when next. */
import type { Db } from "../../db/client.ts";
import { type ConformanceScheduleRow, readConformanceSchedules } from "../../db/queries/conformance.ts";
import type { Level } from "./finding.ts";
import { applicationNamed } from "./named.ts";

export interface ConformanceSchedule {
  application: string;
  /** Null: by hand alone. */
  everyDays: number | null;
  level: Level;
  setAt: string | null;
  setBy: string | null;
  /** Of its next check, or of the next try of one that came to nothing. */
  nextRunAt: string | null;
  /** Whether a try has begun of which nothing is known yet. */
  begun: boolean;
  /** Why the last try came to nothing, in a sentence. */
  problem: string | null;
}

const iso = (at: number): string => new Date(at).toISOString();

const told = (row: ConformanceScheduleRow): ConformanceSchedule => ({
  application: row.label,
  everyDays: row.everyDays,
  level: row.level,
  setAt: iso(row.setAt),
  setBy: row.setBy,
  nextRunAt: iso(row.nextRunAt),
  begun: row.tries > 0 && row.problem === null,
  problem: row.problem,
});

/** Of all applications that have one. */
export const listConformanceSchedules = async (db: Db, workspace: string): Promise<ConformanceSchedule[]> =>
  (await readConformanceSchedules(db.sql, workspace)).map(told);

/**
 * @param label of the application, in any spelling; one without a schedule is told as checked by hand.
 * @throws {ConformanceProblem} for what is no application's name.
 */
export async function showConformanceSchedule(
  db: Db,
  workspace: string,
  label: string,
): Promise<ConformanceSchedule> {
  const [row] = await readConformanceSchedules(db.sql, workspace, applicationNamed(label));
  if (row !== undefined) return told(row);
  const never = { setAt: null, setBy: null, nextRunAt: null, begun: false, problem: null };
  return { application: label.trim(), everyDays: null, level: "read", ...never };
}
