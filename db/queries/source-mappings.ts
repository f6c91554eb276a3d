/** Which column of a source's tables holds what, and which application they are about, as somebody said. */
import { and, eq } from "drizzle-orm";
import type { ColumnMapping } from "../../lib/ingest/adapters/table.ts";
import type { Db } from "../client.ts";
import { sourceMappings } from "../schema.ts";

/** Empty when nobody named any. */
export async function readMapping(db: Db, workspace: string, source: string): Promise<ColumnMapping> {
  const [row] = await db.orm
    .select()
    .from(sourceMappings)
    .where(and(eq(sourceMappings.workspaceId, workspace), eq(sourceMappings.source, source)));
  return row?.mapping ?? {};
}

/** Replaces the source's mapping. */
export async function writeMapping(
  db: Db,
  workspace: string,
  source: string,
  mapping: ColumnMapping,
): Promise<void> {
  const set = { mapping, setAt: Date.now() };
  await db.orm
    .insert(sourceMappings)
    .values({ workspaceId: workspace, source, ...set })
    .onConflictDoUpdate({ target: [sourceMappings.workspaceId, sourceMappings.source], set });
}
