/** Which column of a source's HR files holds what, as somebody named them. */
import { and, eq } from "drizzle-orm";
import type { HrMapping } from "../../lib/ingest/adapters/hr/columns.ts";
import type { Db } from "../client.ts";
import { sourceMappings } from "../schema.ts";

/** Empty when nobody named any. */
export async function readMapping(db: Db, workspace: string, source: string): Promise<HrMapping> {
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
  mapping: HrMapping,
): Promise<void> {
  const set = { mapping, setAt: Date.now() };
  await db.orm
    .insert(sourceMappings)
    .values({ workspaceId: workspace, source, ...set })
    .onConflictDoUpdate({ target: [sourceMappings.workspaceId, sourceMappings.source], set });
}
