/** Whose view it is. */
import type { SqlSession } from "../../db/client.ts";
import { type SavedView, viewOf } from "../../db/queries/views.ts";
import { AccessProblem, type Caller } from "../auth/caller.ts";

/**
 * The view, and whether it is their own: of another member they see a shared one only.
 * @param deleted whether one that is deleted is looked for, or one that is there.
 * @throws {AccessProblem} when there is none that they see.
 */
export async function ownView(
  sql: SqlSession,
  workspace: string,
  by: Caller,
  view: string,
  deleted: boolean,
): Promise<{ found: SavedView; own: boolean }> {
  const found = await viewOf(sql, workspace, view);
  const own = found !== null && found.member === by.member;
  if (found === null || found.deleted !== deleted || !(own || found.shared))
    throw new AccessProblem("unknown-view", "There is no such view any more.");
  return { found, own };
}
