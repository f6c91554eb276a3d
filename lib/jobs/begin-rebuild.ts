/** Works everything out anew from the log, while whoever asked does something else. */
import type { Db } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import { rebuild } from "../ingest/rebuild.ts";
import { explain } from "./explain.ts";
import { beginJob } from "./jobs.ts";

/** @param id under which its progress is told; a UUID. @throws {JobProblem} */
export function beginRebuild(db: Db, workspace: string, by: Caller, id: string): { ended: Promise<void> } {
  return beginJob({
    id,
    kind: "rebuild",
    about: null,
    all: null,
    unit: "subjects",
    workspace,
    by,
    explain,
    async work(onProgress) {
      await rebuild(db, workspace, by, onProgress);
      return null;
    },
  });
}
