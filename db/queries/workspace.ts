/** The workspace itself. */
import { eq } from "drizzle-orm";
import type { Db, SqlSession } from "../client.ts";
import { sources, workspaces } from "../schema.ts";

export type Workspace = typeof workspaces.$inferSelect & { empty: boolean };

/** @throws when there is no such workspace. */
export async function readWorkspace(db: Db, workspace: string): Promise<Workspace> {
  const [row] = await db.orm.select().from(workspaces).where(eq(workspaces.workspaceId, workspace));
  if (row === undefined) throw new Error(`There is no workspace "${workspace}".`);
  const any = await db.orm.select().from(sources).where(eq(sources.workspaceId, workspace)).limit(1);
  return { ...row, empty: any.length === 0 };
}

/** Remembers which sample is being loaded, so that a load that was cut off is taken up with the same records. */
export async function setSample(
  sql: SqlSession,
  workspace: string,
  end: number,
  loaded: boolean,
): Promise<void> {
  await sql`
    update workspaces set sample_end = ${new Date(end).toISOString()}, sample_loaded = ${loaded}
    where workspace_id = ${workspace}`;
}

/** Whether there is a workspace of that name; any connection may ask. */
export async function workspaceExists(db: Db, name: string): Promise<boolean> {
  const [row] = await db.sql<{ there: boolean }[]>`select workspace_exists(${name}) there`;
  return row?.there ?? false;
}

/** The names of all workspaces; any connection may ask. */
export async function workspaceNames(db: Db): Promise<string[]> {
  const rows = await db.sql<{ name: string }[]>`select workspace_names() as name`;
  return rows.map(({ name }) => name);
}
