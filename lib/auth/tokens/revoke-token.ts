/** Taking a token back. */
import type { Db } from "../../../db/client.ts";
import { ownerOfToken, revokeToken as revoke } from "../../../db/queries/api-tokens.ts";
import { act } from "../act.ts";
import { AccessProblem, type Caller } from "../caller.ts";

const UNKNOWN = "There is no such token that could still be used.";

/**
 * Revokes a token at once: one's own, or as an admin anybody's.
 * @throws {AccessProblem}
 */
export async function revokeToken(db: Db, workspace: string, by: Caller, token: string): Promise<void> {
  const owner = await ownerOfToken(db.sql, workspace, token);
  if (owner === null) throw new AccessProblem("unknown-token", UNKNOWN);
  const own = owner === by.member;
  await act({ db, workspace, by }, own ? "tokens" : "members", "revoke-token", async (sql) => {
    const found = await revoke(sql, workspace, token);
    if (found === null) throw new AccessProblem("unknown-token", UNKNOWN);
    return {
      result: undefined,
      object: found.name,
      before: { token, prefix: found.prefix, member: found.member },
    };
  });
}
