/** Says how often an application's SCIM service is checked by itself, and at which level. */
import type { Db } from "../../db/client.ts";
import {
  type ConformanceScheduleRow,
  deleteConformanceSchedule,
  readClock,
  readConformanceSchedules,
  storeConformanceSchedule,
} from "../../db/queries/conformance.ts";
import { readScimConnections } from "../../db/queries/scim-connections.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { requireConnection, requireWriting } from "../scim/connection.ts";
import type { Level } from "./finding.ts";
import { applicationNamed } from "./named.ts";
import { ConformanceProblem } from "./problem.ts";
import { MOST_DAYS, turnAfter } from "./schedule.ts";

export interface ScheduleInput {
  /** 1 to {@link MOST_DAYS}; null: by hand alone. */
  everyDays: number | null;
  level: Level;
}

/** What the audit log keeps. */
const kept = (row: Pick<ConformanceScheduleRow, "everyDays" | "level"> | undefined) =>
  row === undefined ? null : { everyDays: row.everyDays, level: row.level };

function requireDays(everyDays: number): void {
  if (Number.isInteger(everyDays) && everyDays >= 1 && everyDays <= MOST_DAYS) return;
  throw new ConformanceProblem(
    "bad-schedule",
    `Conformance is checked every 1 to ${MOST_DAYS} days, or by hand.`,
  );
}

/**
 * The first check is made a whole interval after the rhythm was set. Where the rhythm stays the same, its turns stay too.
 * @param label of the application, in any spelling.
 * @throws {ConformanceProblem} for what can't be set; {@link ScimProblem} where there is no connection, or it allows no writing
 *   that the level needs; {@link AccessProblem}
 */
export async function setConformanceSchedule(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  { everyDays, level }: ScheduleInput,
): Promise<void> {
  const application = applicationNamed(label);
  await act({ db, workspace, by }, "operate", "set-conformance-schedule", async (sql) => {
    const [before] = await readConformanceSchedules(sql, workspace, application);
    const told = { result: undefined, before: kept(before) };
    if (everyDays === null) {
      await deleteConformanceSchedule(sql, workspace, application);
      return { ...told, object: before?.label ?? label.trim(), after: null, nothing: before === undefined };
    }
    requireDays(everyDays);
    const [set] = await readScimConnections(sql, workspace, [application]);
    const connection = requireConnection(set, label.trim());
    if (level === "write") requireWriting(connection);
    const now = await readClock(sql);
    const isSame = before?.everyDays === everyDays;
    const since = isSame ? before.since : now;
    const next = turnAfter({ since, everyDays }, now);
    const row = {
      application,
      label: connection.label,
      everyDays,
      level,
      since,
      setBy: by.actor.name,
      // What is to be tried again sooner still is.
      nextRunAt: isSame ? Math.min(before.nextRunAt, next) : next,
      tries: 0,
      problem: null,
    };
    const nothing = isSame && before.level === level;
    if (!nothing) await storeConformanceSchedule(sql, workspace, row);
    return { ...told, object: connection.label, after: kept(row), nothing };
  });
}
