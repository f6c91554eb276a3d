/** What is due of drills at one application: cleaning up, a drill, a look at a followed person. One process at a time. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  type DrillRow,
  type DrillSettingsRow,
  type DrillTurn,
  forgetDrills,
  insertDrill,
  readDrillSettings,
  readDrills,
  readDrillTurns,
  storeDrillTurn,
  updateDrill,
} from "../../db/queries/drills.ts";
import { rollcallItself } from "../auth/caller.ts";
import { alone } from "../runtime/alone.ts";
import { writableTarget } from "../scim/connection.ts";
import { ScimProblem } from "../scim/problem.ts";
import { keepTrialWithin, workOutTrials } from "../trials/keep-trial.ts";
import { type Cleaned, CleanUpProblem, cleanUp } from "./clean-up.ts";
import type { DueContext } from "./due-context.ts";
import { GuardProblem } from "./guard.ts";
import { lookAtFollowed } from "./look-at-followed.ts";
import { PACE } from "./plan.ts";
import { runSteps } from "./run-drill.ts";
import { firstState, marksOf } from "./state.ts";
import { trialOf } from "./trial-of.ts";

export interface DueDone {
  /** Drills that were carried out, cleaned up, and could not be. */
  run: number;
  cleaned: number;
  left: number;
  /** Trials of followed people. */
  followed: number;
}

const HOUR = 3_600_000;
/** An application that is down is asked again soon, and less and less often. */
const FIRST_TRY_MS = 60_000;
const MOST_TRY_MS = 6 * HOUR;
/** What is over so long is in the log alone. */
const KEPT_MS = 90 * 24 * HOUR;
/** Drills of one application of which something is left: more than one only where processes were killed. */
const MOST_OPEN = 100;

/** Name of the lock of whoever drills at an application. */
export const drillLock = (workspace: string, application: string): string =>
  `rollcall drill ${workspace} ${application}`;

const problemOf = (error: unknown): string | null =>
  error instanceof CleanUpProblem || error instanceof ScimProblem || error instanceof GuardProblem
    ? error.message
    : null;

/** Puts the drill's trial into the log, once. */
async function keep({ db, workspace }: DueContext, row: DrillRow): Promise<void> {
  const at = Date.now();
  await db.sql.begin(async (sql) => {
    await keepTrialWithin(sql, workspace, rollcallItself(), trialOf(row, at));
    await updateDrill(sql, workspace, row.drill, { keptAt: at });
  });
  await workOutTrials(db, workspace);
}

/** Whether a test account may turn up that cannot be found yet: its making was asked for, and nobody read the answer. */
const mayTurnUp = ({ state, tries }: DrillRow): boolean =>
  state.mayExist && state.user === null && tries === 0;

/** @returns whether nothing is left of it. */
async function clean(context: DueContext, row: DrillRow): Promise<boolean> {
  const { db, workspace, installation, pace = PACE } = context;
  const { drill, label, tries } = row;
  try {
    const cleaned: Cleaned = await cleanUp(
      {
        target: await writableTarget(db, workspace, label, installation),
        pace,
        keep: (state) => updateDrill(db.sql, workspace, drill, { state }),
      },
      row.state,
    );
    if (cleaned === "nothing" && mayTurnUp(row)) {
      await updateDrill(db.sql, workspace, drill, { tries: 1, nextTryAt: Date.now() + pace.patienceMs });
      return false;
    }
    await updateDrill(db.sql, workspace, drill, {
      cleaned,
      cleanedAt: Date.now(),
      nextTryAt: null,
      problem: null,
    });
    return true;
  } catch (error) {
    const problem = problemOf(error);
    const nextTryAt = Date.now() + Math.min(FIRST_TRY_MS * 2 ** Math.min(tries, 20), MOST_TRY_MS);
    await updateDrill(db.sql, workspace, drill, {
      tries: tries + 1,
      nextTryAt,
      problem: problem ?? "Rollcall failed at it by its own fault; its log says more.",
    });
    if (problem === null) throw error;
    return false;
  }
}

/** Takes up what others have left: its trial first, then what is there of it. @returns how many could not be cleaned up. */
async function cleanAll(context: DueContext, application: string, done: DueDone): Promise<void> {
  const { db, workspace } = context;
  for (const row of await readDrills(db.sql, workspace, { application, open: true, limit: MOST_OPEN })) {
    if (row.keptAt === null) await keep(context, row);
    if (row.cleanedAt !== null) continue;
    if (row.nextTryAt !== null && row.nextTryAt > Date.now()) done.left++;
    else if (await clean(context, row)) done.cleaned++;
    else done.left++;
  }
}

/** A drill from its first request to the trial in the log. @param over what is noted of its turn. */
async function drill(
  context: DueContext,
  settings: DrillSettingsRow,
  { ending, ...target }: Awaited<ReturnType<typeof writableTarget>>,
  askedBy: string | null,
  over: Partial<DrillTurn>,
  done: DueDone,
): Promise<void> {
  const { db, workspace, stop, pace = PACE } = context;
  const { application, label, domain, groupWish } = settings;
  const id = randomUUID();
  const marks = marksOf(workspace, id, randomBytes(4).toString("hex"), domain);
  const state = firstState(marks, groupWish, ending);
  const row = {
    drill: id,
    application,
    label,
    identity: marks.userName,
    askedBy,
    state,
    startedAt: Date.now(),
  };
  // At once: whoever looks sees that it waits or that it runs.
  await db.sql.begin(async (sql) => {
    await storeDrillTurn(sql, workspace, application, over);
    await insertDrill(sql, workspace, row);
  });
  const keepState = (now: typeof state) => updateDrill(db.sql, workspace, id, { state: now });
  await runSteps({ target, pace, keep: keepState, stop }, state);
  done.run++;
  await cleanAll(context, application, done);
}

/** The drill whose turn it is, if it is. A turn is over when it has begun: what dies of it is not tried all the time. */
async function drillIfDue(context: DueContext, settings: DrillSettingsRow, done: DueDone): Promise<void> {
  const { db, workspace, installation } = context;
  const { application, active, everyHours } = settings;
  const [turn] = await readDrillTurns(db.sql, workspace, application);
  if (!active || turn?.nextRunAt == null || turn.nextRunAt > Date.now()) return;
  const nextRunAt = everyHours === null ? null : Date.now() + everyHours * HOUR;
  const over = (problem: string | null) => ({ nextRunAt, askedBy: null, problem });
  if (done.left > 0) {
    const waits = "No drill was run: what an earlier one made could not be cleaned up yet.";
    await storeDrillTurn(db.sql, workspace, application, over(waits));
    return;
  }
  try {
    const target = await writableTarget(db, workspace, application, installation);
    await drill(context, settings, target, turn.askedBy, over(null), done);
  } catch (error) {
    if (!(error instanceof ScimProblem)) throw error;
    await storeDrillTurn(db.sql, workspace, application, over(error.message));
  }
}

async function due(context: DueContext, application: string): Promise<DueDone> {
  const { db, workspace } = context;
  const done: DueDone = { run: 0, cleaned: 0, left: 0, followed: 0 };
  await cleanAll(context, application, done);
  const [settings] = await readDrillSettings(db.sql, workspace, application);
  if (settings !== undefined) {
    await drillIfDue(context, settings, done);
    done.followed = await lookAtFollowed(context, settings);
  }
  await forgetDrills(db.sql, workspace, application, Date.now() - KEPT_MS);
  return done;
}

/**
 * Does what is due at an application.
 * @param application its key.
 * @returns null when another process is at it.
 * @throws what the database says; what is left is done the next time.
 */
export const runDue = (context: DueContext, application: string): Promise<DueDone | null> =>
  alone(context.db, drillLock(context.workspace, application), () => due(context, application));
