/** The workspace itself. */
import { eq } from "drizzle-orm";
import type { Db } from "../client.ts";
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
  db: Db,
  workspace: string,
  sample: { sampleEnd?: number; sampleLoaded: boolean },
): Promise<void> {
  await db.orm.update(workspaces).set(sample).where(eq(workspaces.workspaceId, workspace));
}
