/** Rows as one JSON parameter: bulk inserts without a parameter a value. */
import type { SqlSession } from "./client.ts";

/** A parameter for `jsonb_to_recordset` and `jsonb_populate_recordset`. Strings must be well-formed and without NUL. */
export function json(sql: SqlSession, rows: readonly unknown[]) {
  return sql`${JSON.stringify(rows)}::text::jsonb`;
}
