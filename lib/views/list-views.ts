/** The saved views that somebody sees. */
import type { Db } from "../../db/client.ts";
import { readViews } from "../../db/queries/views.ts";
import { allowed, type Caller } from "../auth/caller.ts";

export interface View {
  view: string;
  name: string;
  /** The address behind the question mark. */
  query: string;
  shared: boolean;
  own: boolean;
  /** Who saved it. */
  by: string;
  /** Whether they may delete it. */
  deletable: boolean;
}

export interface ViewsList {
  /** By name. */
  views: View[];
  /** Whether they may save a view for everybody. */
  shares: boolean;
}

/** Those of a table: one's own and the shared ones. */
export async function listViews(db: Db, workspace: string, by: Caller, page: string): Promise<ViewsList> {
  const shares = allowed(by, "settings");
  const rows = await readViews(db, workspace, page, by.member);
  const views = rows.map(({ view, name, query, shared, member, memberName }) => {
    const own = member === by.member;
    return { view, name, query, shared, own, by: memberName, deletable: own || shares };
  });
  return { views, shares };
}
