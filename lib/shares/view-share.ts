/** Opening the page of a shared link. */
import type { Db } from "../../db/client.ts";
import { countUse } from "../../db/queries/shares.ts";
import { act } from "../auth/act.ts";
import { type Holder, holderOf } from "./holder.ts";

/**
 * Counts a view, and writes it into the audit log.
 * @param db sees the whole workspace; what is shown is read with a connection of the link's own scope.
 * @returns null when the link does not work, whatever the reason.
 */
export async function viewShare(
  db: Db,
  workspace: string,
  secret: string,
  address: string | null,
): Promise<Holder | null> {
  const holder = await holderOf(db, workspace, secret, address);
  if (holder === null) return null;
  return act({ db, workspace, by: holder.by }, "own", "view-share", async (sql) => {
    const open = await countUse(sql, workspace, holder.share, "view");
    return {
      result: open ? holder : null,
      object: holder.label,
      after: { customer: holder.customer },
      nothing: !open,
    };
  });
}
