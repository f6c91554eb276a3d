/** The shared links of a workspace. */
import type { Db } from "../../db/client.ts";
import { readShares, type ShareRow } from "../../db/queries/shares.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";

/** The JSON of `GET /api/v1/shares` and of `share list --json`. */
export interface SharesList {
  asOf: string;
  /** The newest first; those that are over or revoked too. */
  shares: ShareRow[];
}

/** @throws {AccessProblem} */
export async function listShares(db: Db, workspace: string, by: Caller): Promise<SharesList> {
  requirePermission(by, "share");
  return { asOf: new Date().toISOString(), shares: await readShares(db.sql, workspace) };
}
