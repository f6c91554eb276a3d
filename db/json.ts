/** A value as one JSON parameter; of rows: bulk inserts without a parameter a value. */
import type { SqlSession } from "./client.ts";

/** A jsonb parameter, for `jsonb_to_recordset` most often. Strings must be well-formed and without NUL. */
export function json(sql: SqlSession, value: unknown) {
  return sql`${JSON.stringify(value)}::text::jsonb`;
}
