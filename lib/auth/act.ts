/** The one way in which state that people decide changes: role first, then the change and its audit entry in one transaction. */
import type postgres from "postgres";
import type { Db } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type Caller, requirePermission } from "./caller.ts";
import type { Permission } from "./permissions.ts";

/** What an act did. */
export interface Done<T> {
  result: T;
  /** What it was about, for people: a name, a ref, a file. */
  object: string;
  /** What was there, and what is there now; no secrets. */
  before?: unknown;
  after?: unknown;
  /** Nothing changed: no entry is written. */
  nothing?: boolean;
}

/**
 * Does what `work` does, if the caller may, and writes down that they did: in a transaction of its own, or in one that is under way.
 * @param verb what they do, in the words of the audit log: the name of the function that calls this.
 * @param work the change, in the transaction that it is handed.
 * @throws {AccessProblem} when they may not; whatever `work` throws, and nothing has changed then.
 */
export async function act<T>(
  {
    workspace,
    by,
    ...where
  }: { workspace: string; by: Caller } & ({ db: Db } | { sql: postgres.TransactionSql }),
  permission: Permission,
  verb: string,
  work: (sql: postgres.TransactionSql) => Promise<Done<T>>,
): Promise<T> {
  requirePermission(by, permission);
  const { actor } = by;
  const within = async (sql: postgres.TransactionSql) => {
    const { result, object, before = null, after = null, nothing = false } = await work(sql);
    if (nothing) return { result };
    await insertAudit(sql, workspace, {
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      address: actor.address,
      verb,
      object,
      before,
      after,
    });
    return { result };
  };
  const done = "sql" in where ? await within(where.sql) : await where.db.sql.begin(within);
  return done.result;
}
