/** Working out everything anew from the log. */
import type { Db } from "../../db/client.ts";
import { markAllDirty } from "../../db/log/dirty.ts";
import { recountHours } from "../../db/queries/completeness.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { refoldReviews } from "../reviews/refold.ts";
import { refresh } from "./refresh.ts";

/** Works out all read models anew. @returns the number of subjects. @throws {AccessProblem} */
export async function rebuild(
  db: Db,
  workspace: string,
  by: Caller,
  onProgress?: (done: number, all: number) => void,
): Promise<number> {
  await act({ db, workspace, by }, "operate", "rebuild", async (sql) => {
    await markAllDirty(sql, workspace);
    await refoldReviews(sql, workspace);
    return { result: undefined, object: "read models" };
  });
  await recountHours(db, workspace);
  return refresh(db, workspace, { onProgress });
}
