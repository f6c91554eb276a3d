/** A new token for a SCIM source: when the old one may be known to somebody, or was revoked. */
import type { Db } from "../../db/client.ts";
import { renewScimToken } from "../../db/queries/scim-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { newSecret } from "../auth/secret.ts";
import { prefixOf } from "./add-scim-source.ts";
import { unknownSource } from "./problem.ts";

/**
 * The token before lets nobody in any more from now on.
 * @returns the new one, told this once.
 * @throws {ScimSourceProblem} {@link AccessProblem}
 */
export async function renewScimSource(
  db: Db,
  workspace: string,
  by: Caller,
  source: string,
): Promise<{ source: string; secret: string }> {
  return act({ db, workspace, by }, "operate", "renew-scim-source", async (sql) => {
    const { secret, hash } = newSecret("rcp", workspace);
    const prefix = prefixOf(secret, workspace);
    if (!(await renewScimToken(sql, workspace, source, { hash, prefix }))) throw unknownSource(source);
    return { result: { source, secret }, object: source, after: { prefix } };
  });
}
