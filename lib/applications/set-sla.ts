/** How soon leavers' accounts at an application are to end. */
import type { Db } from "../../db/client.ts";
import {
  readSlaHours,
  removeApplicationSettings,
  setApplicationSettings,
} from "../../db/queries/application-settings.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";

/**
 * @param label of the application, in any spelling.
 * @param slaHours above 0; null: the default again.
 * @throws {AccessProblem}
 */
export async function setSla(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  slaHours: number | null,
): Promise<void> {
  const application = applicationKey(label);
  await act({ db, workspace, by }, "settings", "set-sla", async (sql) => {
    const before = await readSlaHours(sql, workspace, application);
    if (slaHours === null) await removeApplicationSettings(sql, workspace, application);
    else await setApplicationSettings(sql, workspace, { application, label, slaHours, setBy: by.actor.name });
    return { result: undefined, object: label, before: { slaHours: before }, after: { slaHours } };
  });
}
