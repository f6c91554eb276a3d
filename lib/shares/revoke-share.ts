/** Taking a shared link back. */
import type { Db } from "../../db/client.ts";
import { markRevoked } from "../../db/queries/shares.ts";
import { act } from "../auth/act.ts";
import { AccessProblem, type Caller } from "../auth/caller.ts";

/** Revokes a share at once and for good. @throws {AccessProblem} */
export async function revokeShare(db: Db, workspace: string, by: Caller, share: string): Promise<void> {
  await act({ db, workspace, by }, "share", "revoke-share", async (sql) => {
    const found = await markRevoked(sql, workspace, share);
    if (found === null) throw new AccessProblem("unknown-share", "There is no such link that still works.");
    return { result: undefined, object: found.label, before: { share, customer: found.customer } };
  });
}
