/** Opening a sign-in link. */
import type { Db } from "../../../db/client.ts";
import { useLink } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { type Caller, rollcallItself } from "../caller.ts";
import { hashOf } from "../secret.ts";

/** Uses the link up. @returns the member who comes in with it; null when it is unknown, used or over. */
export async function redeemSignInLink(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
): Promise<(Caller & { member: string }) | null> {
  const itself = rollcallItself();
  const by = { ...itself, actor: { ...itself.actor, address } };
  return act({ db, workspace, by }, "own", "redeem-sign-in-link", async (sql) => {
    const found = await useLink(sql, workspace, hashOf(secret));
    if (found === null) return { result: null, object: "", nothing: true };
    const { member, name, role, customer } = found;
    const actor = { kind: "member", id: member, name, address } as const;
    return { result: { actor, role, customer, member, scopes: null }, object: name, after: { member } };
  });
}
