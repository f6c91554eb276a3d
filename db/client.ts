/** The connection to PostgreSQL that everything else is handed. */
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema.ts";

/** The pool or a transaction of it. */
export type SqlSession = postgres.ISql<Record<never, never>>;

export interface Db {
  /** postgres.js, for bulk work and SQL that reads best as SQL. */
  sql: postgres.Sql;
  /** drizzle over the same pool. */
  orm: PostgresJsDatabase<typeof schema>;
  close(): Promise<void>;
}

/** The one workspace of a single-company installation. */
export const DEFAULT_WORKSPACE = "main";

/**
 * A pool of connections to the server at `url`; connects at the first query.
 * @param max connections at most: 10 serves the pages of one process, the command line needs fewer.
 */
export function connect(url: string, max = 10): Db {
  const sql = postgres(url, { max, onnotice: () => {}, connection: { application_name: "rollcall" } });
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}
