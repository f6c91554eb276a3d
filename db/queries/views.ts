/** Saved views: addresses of tables under a name. */
import type { Db, SqlSession } from "../client.ts";

/** A view as it stands. */
export interface SavedView {
  view: string;
  page: string;
  name: string;
  query: string;
  member: string;
  shared: boolean;
}

/** A view with whose it is. */
export interface SavedViewRow extends SavedView {
  memberName: string;
}

/** Those of a page that a member sees, the own ones and the shared, by name. */
export async function readViews(
  db: Db,
  workspace: string,
  page: string,
  member: string | null,
): Promise<SavedViewRow[]> {
  return db.sql<SavedViewRow[]>`
    select v.view, v.page, v.name, v.query, v.member, v.shared, m.name "memberName"
    from saved_views v join members m using (workspace_id, member)
    where v.workspace_id = ${workspace} and v.page = ${page} and v.deleted_at is null
      and (v.shared or v.member = ${member}::uuid)
    order by lower(v.name), v.view limit 500`;
}

/** A view, deleted or not; null when there is none. */
export async function viewOf(
  sql: SqlSession,
  workspace: string,
  view: string,
): Promise<(SavedView & { deleted: boolean }) | null> {
  const [row] = await sql<(SavedView & { deleted: boolean })[]>`
    select view, page, name, query, member, shared, deleted_at is not null deleted
    from saved_views where workspace_id = ${workspace} and view = ${view}`;
  return row ?? null;
}

/** How many views a member has that are not deleted. */
export async function countViews(sql: SqlSession, workspace: string, member: string): Promise<number> {
  const [row] = await sql<[{ views: number }]>`
    select count(*)::int views from saved_views
    where workspace_id = ${workspace} and member = ${member} and deleted_at is null`;
  return row.views;
}

export async function insertView(sql: SqlSession, workspace: string, row: SavedView): Promise<void> {
  await sql`
    insert into saved_views (workspace_id, view, page, name, query, member, shared, created_at)
    values (${workspace}, ${row.view}, ${row.page}, ${row.name}, ${row.query}, ${row.member}, ${row.shared}, now())`;
}

/** Marks a view as deleted, or no longer so. */
export async function markView(
  sql: SqlSession,
  workspace: string,
  view: string,
  deleted: boolean,
): Promise<void> {
  await sql`
    update saved_views set deleted_at = case when ${deleted} then now() end
    where workspace_id = ${workspace} and view = ${view}`;
}
