/** Puts failure groups aside until a time, or until somebody else fails so. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { instant } from "../reports/params.ts";
import { decisionsOf, entryOf, namedGroups } from "./named-groups.ts";
import { FailureProblem } from "./problem.ts";

/** Whoever wants to hear nothing of it for longer has decided something else. */
const MAX_DAYS = 366;
const DAY = 86_400_000;

/** @throws {FailureProblem} for what is no time, is past, or lies too far ahead. */
function endOf(until: string, now: number): number {
  const at = instant(until.trim(), "start");
  if (at !== null && at > now && at <= now + MAX_DAYS * DAY) return at;
  throw new FailureProblem(
    "bad-until",
    at === null
      ? `Say until when as a day or a time with its offset, like 2026-03-31 or 2026-03-31T09:00:00Z, not "${until}".`
      : `A snooze ends later than now and within ${MAX_DAYS} days.`,
  );
}

/**
 * @param groups ids of failure groups.
 * @param until a day (its beginning in UTC) or a time with its offset.
 * @returns the numbers of the decisions, in the order of the groups.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function snoozeFailures(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
  until: string,
): Promise<number[]> {
  const rows = await namedGroups(db, workspace, by, groups);
  const end = endOf(until, Date.now());
  return act({ db, workspace, by }, "triage", "snooze-failures", async (sql) => ({
    result: await insertFailureDecisions(
      sql,
      workspace,
      decisionsOf(rows, by, { verb: "snooze", until: end }),
    ),
    ...entryOf(rows, { state: "snoozed", until: new Date(end).toISOString() }),
  }));
}
