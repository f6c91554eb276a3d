/** Ending a SCIM source's token. */
import type { Db } from "../../db/client.ts";
import { revokeScimToken } from "../../db/queries/scim-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { unknownSource } from "./problem.ts";

/**
 * Nothing comes in through the source any more, at once; what has come in stays, and so do its users and groups, for a new token.
 * @throws {ScimSourceProblem} {@link AccessProblem}
 */
export async function revokeScimSource(db: Db, workspace: string, by: Caller, source: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "revoke-scim-source", async (sql) => {
    if (!(await revokeScimToken(sql, workspace, source))) throw unknownSource(source);
    return { result: undefined, object: source };
  });
}
