/** The SCIM sources, as the API and the command line tell them. */
import type { Db } from "../../db/client.ts";
import { readScimSources, type ScimSourceRow } from "../../db/queries/scim-sources.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";

export interface ScimSourcesList {
  sources: ScimSourceRow[];
}

/** All, without their tokens. @throws {AccessProblem} */
export async function listScimSources(db: Db, workspace: string, by: Caller): Promise<ScimSourcesList> {
  requirePermission(by, "operate");
  return { sources: await readScimSources(db.sql, workspace) };
}
