/** Sets how often a pack of a scope is made. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { giveUpPacks, readPackSchedules, storePackSchedule } from "../../db/queries/packs.ts";
import { readCustomers } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { reportAtHand } from "../reports/recent.ts";
import { type ScheduleInput, scheduleFields } from "./schedule-input.ts";
import { scopeWords } from "./scope-words.ts";

/**
 * A scope has one schedule: setting another replaces it, and what was made stays. The first pack is that of the period which
 * ends next.
 * @returns the schedule's id.
 * @throws {AccessProblem}
 */
export async function setPackSchedule(
  db: Db,
  workspace: string,
  by: Caller,
  input: ScheduleInput,
): Promise<string> {
  const fields = scheduleFields(input, {
    customers: await readCustomers(db, workspace),
    applications: input.application ? (await reportAtHand(db, workspace, "coverage")).applications : [],
  });
  return act({ db, workspace, by }, "settings", "set-pack-schedule", async (sql) => {
    const all = await readPackSchedules(sql, workspace);
    const before = all.find(
      ({ customer, application }) => customer === fields.customer && application === fields.application,
    );
    const again = before?.every === fields.every;
    const schedule = before?.schedule ?? randomUUID();
    const nothing = again && before.keep === fields.keep;
    if (!nothing) {
      if (before !== undefined && !again) await giveUpPacks(sql, workspace, schedule);
      await storePackSchedule(sql, workspace, {
        schedule,
        ...fields,
        // Periods that ended under another schedule are over.
        setAt: again ? before.setAt : Date.now(),
        setBy: by.actor.name,
      });
    }
    return {
      nothing,
      result: schedule,
      object: scopeWords(fields),
      before: before === undefined ? null : { every: before.every, keep: before.keep },
      after: { schedule, every: fields.every, keep: fields.keep },
    };
  });
}
