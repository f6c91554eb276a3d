/** Where requests with a shared link come in: which workspace it names, and the connections that serve it. */
import type { Db } from "../../db/client.ts";
import { dbOfWorkspace, originOf } from "../auth/guard.ts";
import { workspaceOf } from "../auth/secret.ts";
import { webDb } from "../runtime/web.ts";

export interface ShareVisit {
  workspace: string;
  /** Sees the whole workspace: for looking the link up and counting its use. */
  db: Db;
  address: string | null;
  /** Opens what the page is read with: it sees one customer's records alone, or all of the workspace. */
  scoped: (customer: string | null) => Db;
}

/** @param secret as it stands in the link. @returns null for what names no workspace. */
export async function shareVisit(secret: string): Promise<ShareVisit | null> {
  const workspace = workspaceOf(secret, "rcv");
  const db = workspace === null ? null : await dbOfWorkspace(workspace);
  if (workspace === null || db === null) return null;
  const { address } = await originOf();
  return { workspace, db, address, scoped: (customer) => webDb({ workspace, customer }) };
}
