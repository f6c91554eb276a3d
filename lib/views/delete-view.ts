/** Deleting a view, which can be taken back. */
import type { Db } from "../../db/client.ts";
import { markView } from "../../db/queries/views.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { ownView } from "./own-view.ts";

/** One's own, or a shared one by whoever may change settings. @throws {AccessProblem} */
export async function deleteView(db: Db, workspace: string, by: Caller, view: string): Promise<void> {
  const { found, own } = await ownView(db.sql, workspace, by, view, false);
  await act({ db, workspace, by }, own ? "workspace" : "settings", "delete-view", async (sql) => {
    await markView(sql, workspace, view, true);
    const { page, query, shared } = found;
    return { result: undefined, object: found.name, before: { page, query, shared } };
  });
}
