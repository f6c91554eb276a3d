/** One round of alerts: the rules are looked at, what is new is raised, what is over is resolved, and channels are told. */
import type { Db } from "../../db/client.ts";
import { readAlertRound, readAlertSettings, storeAlertRound } from "../../db/queries/alert-settings.ts";
import {
  forgetAlerts,
  keepAlerts,
  raiseAlerts,
  readOpenAlerts,
  resolveAlerts,
} from "../../db/queries/alerts.ts";
import { ReportPending } from "../reports/editions/pending.ts";
import { alone } from "../runtime/alone.ts";
import { deliver } from "./deliver.ts";
import { fold } from "./fold.ts";
import { lookAtReports } from "./look-at-reports.ts";
import { conditionsOf, RULE_NAMES, type RuleSettings, settingsOf } from "./rules.ts";

/** Nobody who is told of it could have acted much sooner. */
const LOOK_EVERY_MS = 5 * 60_000;
/** The same while reports are being worked out that are looked at. */
const PENDING_MS = 60_000;
/** What was resolved so long ago is forgotten: a year and a month, for whoever looks back over a year. */
const KEPT_MS = 396 * 86_400_000;

export interface RoundContext {
  /** Sees the whole workspace; of two connections at least. */
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  stop?: AbortSignal;
  /** Milliseconds since 1970, for tests. */
  now?: number;
}

export interface Round {
  raised: number;
  resolved: number;
  sent: number;
  failed: number;
  /** What went wrong, beside what channels answered. */
  errors: unknown[];
}

/** Name of the lock of whoever runs a workspace's round. */
export const roundLock = (workspace: string): string => `rollcall alerts ${workspace}`;

/** Looks at the rules. All that changes by it changes in one transaction: cut off, the next round does the same. */
async function look(db: Db, workspace: string, settings: RuleSettings, now: number) {
  const conditions = conditionsOf(await lookAtReports(db, workspace, settings), settings);
  const off = RULE_NAMES.filter((rule) => !settings[rule].on);
  return db.sql.begin(async (sql) => {
    await forgetAlerts(sql, workspace, { before: now - KEPT_MS, off });
    const { raise, again, resolve } = fold(await readOpenAlerts(sql, workspace), conditions);
    await raiseAlerts(sql, workspace, raise, now);
    await keepAlerts(sql, workspace, again, now);
    await resolveAlerts(sql, workspace, resolve, now);
    return { raised: raise.length, resolved: resolve.length };
  });
}

const FAILED = "The rules could not be looked at: most often the database did not answer. The log says more.";

async function round({ db, workspace, installation, stop, now = Date.now() }: RoundContext): Promise<Round> {
  const { rules, zone } = await readAlertSettings(db.sql, workspace);
  const before = await readAlertRound(db.sql, workspace);
  const done: Round = { raised: 0, resolved: 0, sent: 0, failed: 0, errors: [] };
  let { nextLookAt, lookedAt, error } = before ?? { nextLookAt: now, lookedAt: null, error: null };
  // Further ahead than any look puts the next one: the clock was set back.
  if (nextLookAt <= now || nextLookAt > now + LOOK_EVERY_MS) {
    nextLookAt = now + LOOK_EVERY_MS;
    try {
      Object.assign(done, await look(db, workspace, settingsOf(rules), now));
      [lookedAt, error] = [now, null];
    } catch (reason) {
      if (reason instanceof ReportPending) {
        // What was found before stands until then: nothing is raised and nothing resolved.
        nextLookAt = now + PENDING_MS;
        if (reason.failed) error = reason.message;
      } else {
        done.errors.push(reason);
        error = FAILED;
      }
    }
  }
  const { nextTryAt, errors, ...told } = await deliver({ db, workspace, installation, now, zone, stop });
  Object.assign(done, told);
  done.errors.push(...errors);
  const nextRunAt = Math.min(nextLookAt, nextTryAt ?? nextLookAt);
  await storeAlertRound(
    db.sql,
    workspace,
    { nextRunAt, nextLookAt, lookedAt, error },
    before?.nextRunAt ?? null,
  );
  return done;
}

/**
 * Runs a round, whether it is due or not.
 * @returns null when another process is at it.
 * @throws what the database says when nothing can be noted.
 */
export const runRound = (context: RoundContext): Promise<Round | null> =>
  alone(context.db, roundLock(context.workspace), () => round(context));
