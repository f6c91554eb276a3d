/** Checks an application's SCIM service, while whoever asked does something else. */
import type { Db } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import { checkConformance } from "../conformance/check-conformance.ts";
import type { Level } from "../conformance/finding.ts";
import { explain } from "./explain.ts";
import { beginJob } from "./jobs.ts";

/**
 * @param id under which its progress is told, and the report is kept; a UUID.
 * @param installation the secret of this installation, under which the connection's token is kept.
 * @throws {JobProblem}
 */
export function beginConformance(
  db: Db,
  workspace: string,
  by: Caller,
  { id, application, level }: { id: string; application: string; level: Level },
  installation: string,
): { ended: Promise<void> } {
  return beginJob({
    id,
    kind: "conformance",
    about: application,
    all: null,
    unit: "checks",
    workspace,
    by,
    explain,
    async work(onProgress) {
      await checkConformance(db, workspace, by, { id, application, level, onProgress }, installation);
      return null;
    },
  });
}
