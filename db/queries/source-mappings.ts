/** Which column of a source's tables holds what, and which application they are about, as somebody said. */
import { and, eq } from "drizzle-orm";
import type { ColumnMapping } from "../../lib/ingest/adapters/table.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
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
  sql: SqlSession,
  workspace: string,
  source: string,
  mapping: ColumnMapping,
): Promise<void> {
  await sql`
    insert into source_mappings (workspace_id, source, mapping, set_at)
    values (${workspace}, ${source}, ${json(sql, mapping)}, now())
    on conflict (workspace_id, source) do update set mapping = excluded.mapping, set_at = excluded.set_at`;
}
