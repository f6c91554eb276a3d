/** The check of an application whose turn it is by its schedule. One process at a time. */
import type { Db } from "../../db/client.ts";
import {
  type ConformanceTurn,
  changeConformanceTurn,
  readClock,
  readConformanceSchedules,
} from "../../db/queries/conformance.ts";
import { alone } from "../runtime/alone.ts";
import { ScimProblem } from "../scim/problem.ts";
import { checkBySchedule, conformanceLock } from "./check-conformance.ts";
import type { ProbeLimits } from "./probe.ts";
import { againAfter, MOST_TRIES, turnAfter } from "./schedule.ts";

export interface DueCheckContext {
  /** Sees the whole workspace; of two connections at least. */
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  stop?: AbortSignal;
  limits?: Partial<ProbeLimits>;
}

export interface DueCheckDone {
  /** Checks that were made. */
  checked: number;
  /** That came to nothing. */
  failed: number;
}

const OWN_FAULT = "Rollcall failed at it by its own fault; its log says more.";
const DIED = "Each process that made the check ended before it was done.";

/** Notes how a turn ended, by the schedule as it is by now; nothing where there is none any more. */
async function end(
  { db, workspace }: DueCheckContext,
  application: string,
  turnOf: (next: number) => ConformanceTurn,
): Promise<void> {
  const [schedule] = await readConformanceSchedules(db.sql, workspace, application);
  if (schedule === undefined) return;
  const next = turnAfter(schedule, await readClock(db.sql));
  await changeConformanceTurn(db.sql, workspace, application, turnOf(next));
}

async function due(context: DueCheckContext, application: string): Promise<DueCheckDone> {
  const { db, workspace, installation, stop, limits } = context;
  const [schedule] = await readConformanceSchedules(db.sql, workspace, application);
  if (schedule === undefined || !schedule.due) return { checked: 0, failed: 0 };
  const over = (problem: string | null) =>
    end(context, application, (next) => ({ nextRunAt: next, tries: 0, problem }));
  if (schedule.tries >= MOST_TRIES) {
    await over(DIED);
    return { checked: 0, failed: 1 };
  }
  const tries = schedule.tries + 1;
  const again = (await readClock(db.sql)) + againAfter(tries);
  // Noted before it begins: what dies of it, or with it, is tried again then.
  const begun = { nextRunAt: again, tries, problem: schedule.problem };
  await changeConformanceTurn(db.sql, workspace, application, begun);
  try {
    await checkBySchedule(db, workspace, { application, level: schedule.level, limits, stop }, installation);
  } catch (error) {
    if (stop?.aborted) {
      // It ended with its worker and is nobody's fault: another one begins it anew.
      await changeConformanceTurn(db.sql, workspace, application, schedule);
      return { checked: 0, failed: 0 };
    }
    const problem = error instanceof ScimProblem ? error.message : OWN_FAULT;
    if (tries >= MOST_TRIES) await over(problem);
    else await changeConformanceTurn(db.sql, workspace, application, { ...begun, problem });
    if (!(error instanceof ScimProblem)) throw error;
    return { checked: 0, failed: 1 };
  }
  await over(null);
  return { checked: 1, failed: 0 };
}

/**
 * Makes the check that is due at an application. A turn that comes to nothing is tried again, later and later; after some tries it
 * waits for the next one.
 * @param application its key.
 * @returns null when another process checks it, by its schedule or because somebody asked.
 * @throws what the database says.
 */
export const runDueCheck = (context: DueCheckContext, application: string): Promise<DueCheckDone | null> =>
  alone(context.db, conformanceLock(context.workspace, application), () => due(context, application));
