/** Works everything out anew from the log, while whoever asked does something else. */
import type { Caller } from "../auth/caller.ts";
import type { Rebuild } from "../ingest/rebuild-apart.ts";
import { explain } from "./explain.ts";
import { beginJob } from "./jobs.ts";

/**
 * @param id under which its progress is told; a UUID.
 * @param rebuild does it.
 * @throws {JobProblem}
 */
export function beginRebuild(
  workspace: string,
  by: Caller,
  id: string,
  rebuild: Rebuild,
): { ended: Promise<void> } {
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
      await rebuild(by, onProgress);
      return null;
    },
  });
}
