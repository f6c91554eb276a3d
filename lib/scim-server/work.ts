/** Where a request is carried out: the source's, in a transaction that holds its lock. */
import type postgres from "postgres";
import type { Db } from "../../db/client.ts";
import type { ScimScope } from "../../db/queries/scim-resources.ts";
import type { ScimSource } from "../../db/queries/scim-sources.ts";

/** Where requests of a source are carried out. */
export interface WriteContext {
  db: Db;
  workspace: string;
  source: ScimSource;
  /** The endpoint's own address. */
  base: string;
  /** Id of the request: its records have it. */
  request: string;
}

export interface Work {
  sql: postgres.TransactionSql;
  scope: ScimScope;
  context: WriteContext;
}

/** A name as it is looked up. */
export const folded = (value: unknown): string | null =>
  typeof value === "string" ? value.toLowerCase() : null;
