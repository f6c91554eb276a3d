/** Forgets where an application's SCIM service is, and the token for it. */
import type { Db } from "../../db/client.ts";
import { deleteScimConnection, readScimConnections } from "../../db/queries/scim-connections.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";

/**
 * @param label of the application, in any spelling.
 * @returns whether one was set.
 * @throws {AccessProblem}
 */
export async function removeScimConnection(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
): Promise<boolean> {
  return act({ db, workspace, by }, "operate", "remove-scim-connection", async (sql) => {
    const application = applicationKey(label);
    const [before] = await readScimConnections(sql, workspace, [application]);
    await deleteScimConnection(sql, workspace, application);
    const was = before && { url: before.url, writes: before.writes, ending: before.ending };
    return {
      result: before !== undefined,
      object: label,
      before: was ?? null,
      nothing: before === undefined,
    };
  });
}
