/** A link that signs in a member, once: how the operator comes in, and anybody without a provider. */
import type { Db } from "../../../db/client.ts";
import { lockMember } from "../../../db/queries/members.ts";
import { insertLink } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { AccessProblem, type Caller } from "../caller.ts";
import { newSecret } from "../secret.ts";

/** Long enough to be handed over, short enough to be no key under the mat. */
const LINK_HOURS = 24;

/** @returns the path below the address of this installation; it is stored nowhere. */
export async function createSignInLink(
  db: Db,
  workspace: string,
  by: Caller,
  member: string,
): Promise<{ path: string; expiresAt: number }> {
  return act({ db, workspace, by }, "members", "create-sign-in-link", async (sql) => {
    const found = await lockMember(sql, workspace, member);
    if (found === null || !found.active) {
      throw new AccessProblem("unknown-member", "There is no active member of that id.");
    }
    const { secret, hash } = newSecret("rcl", workspace);
    const expiresAt = Date.now() + LINK_HOURS * 3_600_000;
    await insertLink(sql, workspace, { hash, member, expiresAt });
    return {
      result: { path: `/open/${secret}`, expiresAt },
      object: found.email ?? found.name,
      after: { member, expiresAt: new Date(expiresAt).toISOString() },
    };
  });
}
