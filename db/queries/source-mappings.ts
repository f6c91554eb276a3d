import type { ColumnMapping } from "../../lib/ingest/adapters/table.ts";
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";

/** Empty when nobody named any. */
export async function readMapping(
  sql: SqlSession,
  workspace: string,
  source: string,
): Promise<ColumnMapping> {
  const [row] = await sql<{ mapping: ColumnMapping }[]>`
    select mapping from source_mappings where workspace_id = ${workspace} and source = ${source}`;
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
