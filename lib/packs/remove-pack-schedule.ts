/** Ends a schedule of packs. */
import type { Db } from "../../db/client.ts";
import { deletePackSchedule, giveUpPacks, readPackSchedules } from "../../db/queries/packs.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, type Caller } from "../auth/caller.ts";
import { scopeWords } from "./scope-words.ts";

/** No more packs are made; those that were made stay, and can still be fetched. @throws {AccessProblem} */
export async function removePackSchedule(
  db: Db,
  workspace: string,
  by: Caller,
  schedule: string,
): Promise<void> {
  await act({ db, workspace, by }, "settings", "remove-pack-schedule", async (sql) => {
    const found = (await readPackSchedules(sql, workspace)).find((one) => one.schedule === schedule);
    if (found === undefined) throw new AccessProblem("unknown-schedule", "There is no such schedule.");
    await giveUpPacks(sql, workspace, schedule);
    await deletePackSchedule(sql, workspace, schedule);
    return {
      result: undefined,
      object: scopeWords(found),
      before: { schedule, every: found.every, keep: found.keep },
    };
  });
}
