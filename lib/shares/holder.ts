/** Whoever comes with a shared link. */
import type { Db } from "../../db/client.ts";
import { type OpenShare, openShare } from "../../db/queries/shares.ts";
import type { Caller } from "../auth/caller.ts";
import { hashOf } from "../auth/secret.ts";

/** An open link, and its holder as a caller, who may see what it shows and nothing else. */
export interface Holder extends OpenShare {
  by: Caller;
}

/**
 * Finds a link by the hash of its secret: what is compared tells nothing of the secret itself, however long it takes.
 * @param db sees the whole workspace.
 * @param secret as it stands in the link.
 * @param address from where they come.
 * @returns null when there is no such link, or it is over or revoked.
 */
export async function holderOf(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
): Promise<Holder | null> {
  const found = await openShare(db.sql, workspace, hashOf(secret));
  if (found === null) return null;
  const { share, label, customer } = found;
  // The audit log names them by the link: nobody knows who they are.
  const actor = { kind: "share", id: share, name: label, address } as const;
  const role = customer === null ? "auditor" : "customer-viewer";
  return { ...found, by: { actor, role, scopes: null, customer, member: null } };
}
