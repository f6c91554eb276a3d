/** One run of a connector: page after page into the log, for a while, then an account of how it went. */
import type { Db } from "../../db/client.ts";
import { sequence } from "../../db/log/tree.ts";
import {
  beginWork,
  type ConnectorWork,
  endRun,
  failRun,
  isWorkDue,
  leaveWork,
  readWork,
  setWorkAside,
  WorkMoved,
} from "../../db/queries/connector-work.ts";
import { readConnectors, type Connector as Stored } from "../../db/queries/connectors.ts";
import { finishIngest } from "../../db/queries/ingests.ts";
import { refresh } from "../ingest/refresh.ts";
import { alone } from "../runtime/alone.ts";
import { databaseTrouble } from "../runtime/database-trouble.ts";
import { afterFailure, afterSuccess } from "./backoff.ts";
import { ConnectorProblem, Later } from "./problem.ts";
import { nothingYet, type RunResult, readPages } from "./read-pages.ts";
import { connectorOf } from "./registry.ts";
import { vendorOfStored } from "./vendor.ts";

/**
 * So often in a row work may begin and get nowhere, by Rollcall's own fault or since its process died: enough for restarts and a
 * database that is away, few enough that what kills its worker does so for minutes and not for days.
 */
const MOST_TRIES = 10;

/** A run ends after so long and is begun anew: nothing else waits behind it for longer. */
const SLICE_MS = 60_000;

export interface RunContext {
  /** Sees the whole workspace; of two connections at least. */
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  /** Ends the run between two pages. */
  stop?: AbortSignal;
  sliceMs?: number;
  /** Leaves what is not due: another worker has just done it. */
  onlyDue?: boolean;
}

/** Name of the lock that whoever runs the work holds: it goes with their connection, also when they are killed. */
export const workLock = (workspace: string, work: string): string =>
  `rollcall connector ${workspace} ${work}`;

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads, and works out what follows from what was read, however the reading ends. */
async function readAndSettle(
  { db, workspace, installation, stop, sliceMs = SLICE_MS }: RunContext,
  stored: Stored,
  work: ConnectorWork,
  result: RunResult,
): Promise<void> {
  const end = performance.now() + sliceMs;
  const isTimeUp = () => stop?.aborted === true || performance.now() >= end;
  try {
    const vendor = await vendorOfStored(stored, installation, stop);
    await readPages({ db, workspace, stored, work, vendor, isTimeUp }, result);
  } catch (error) {
    result.problem = sentenceOf(error);
    throw error;
  } finally {
    // Whoever stops does not wait for it: the next report, or the next run, works out what is left.
    if (result.accepted > 0 && !stop?.aborted)
      await Promise.all([refresh(db, workspace), sequence(db, workspace)]);
    const { format } = connectorOf(stored.kind);
    if (result.begun)
      await finishIngest(db, workspace, work.work, { source: stored.source, format, error: result.problem });
  }
}

async function run(context: RunContext, id: string): Promise<RunResult | null> {
  const { db, workspace } = context;
  const [work] = await readWork(db.sql, workspace, { work: id });
  const [stored] = work === undefined ? [] : await readConnectors(db.sql, workspace, work.connector);
  if (work === undefined || stored === undefined || work.doneAt !== null || work.setAsideAt !== null)
    return null;
  if (context.onlyDue && (stored.paused || !(await isWorkDue(db.sql, workspace, id)))) return null;
  const tries = await beginWork(db.sql, workspace, id);
  if (tries > MOST_TRIES) {
    const reason = work.lastError ?? "The process that ran it died each time, and left no reason.";
    await setWorkAside(
      db.sql,
      workspace,
      id,
      `Tried ${MOST_TRIES} times in a row without getting on. ${reason}`,
    );
    return null;
  }
  const fail = (error: string, getsOn: boolean) =>
    failRun(db.sql, workspace, id, { error, againMs: afterFailure(work.failures), getsOn });
  const result = nothingYet();
  try {
    await readAndSettle(context, stored, work, result);
    const againMs = result.more ? 0 : afterSuccess(stored.everySeconds);
    const done = work.windowFrom !== null && !result.more;
    await endRun(db.sql, workspace, id, { againMs, caughtUp: !result.more, done, waits: null });
  } catch (error) {
    if (error instanceof Later) {
      const waiting = { caughtUp: false, done: false, waits: error.message };
      await endRun(db.sql, workspace, id, { againMs: error.until - Date.now(), ...waiting });
    } else if (error instanceof ConnectorProblem) {
      await fail(error.message, true);
    } else if (error instanceof WorkMoved || context.stop?.aborted) {
      // Whoever moved it goes on with it; what is cut off by stopping is begun anew by the next worker.
      await leaveWork(db.sql, workspace, id);
      return null;
    } else {
      // The database's own trouble passes, and is no reason to set the work aside.
      const trouble = databaseTrouble(error);
      if (trouble === null) await fail(`Rollcall itself failed: ${sentenceOf(error)}`, false);
      else await fail(trouble.message, true);
      throw error;
    }
  }
  return result;
}

/**
 * Runs a connector's work for a while.
 * @param work what is new, or a backfill.
 * @returns what was done; null when there is nothing to do (any more), another process is at it, or it is being stopped.
 * @throws what nobody foresaw; the work's account has it too.
 */
export const runWork = (context: RunContext, work: string): Promise<RunResult | null> =>
  alone(context.db, workLock(context.workspace, work), () => run(context, work));
