/** The audit log: who did what, from where, and what changed. Only ever added to. */
import { and, desc, eq, gte, ilike, lt, lte, or } from "drizzle-orm";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import { auditEntries } from "../schema.ts";

export type AuditEntry = Omit<typeof auditEntries.$inferSelect, "workspaceId" | "tx">;
export type NewAuditEntry = Omit<AuditEntry, "entry" | "at">;

/** Adds an entry to the transaction that it tells of. */
export async function insertAudit(sql: SqlSession, workspace: string, entry: NewAuditEntry): Promise<void> {
  const { actorKind, actorId, actorName, address, verb, object, before, after } = entry;
  const value = (of: unknown) => (of === null || of === undefined ? null : json(sql, of));
  await sql`
    insert into audit_entries (workspace_id, actor_kind, actor_id, actor_name, address, verb, object, before, after)
    values (${workspace}, ${actorKind}, ${actorId}, ${actorName}, ${address}, ${verb}, ${object}, ${value(before)}, ${value(after)})`;
}

export interface AuditFilter {
  from?: number | undefined;
  to?: number | undefined;
  verb?: string | undefined;
  /** Part of an actor's name or of an object. */
  text?: string | undefined;
  /** Entries before this one, in the order of the list. */
  before?: number | undefined;
}

/** The newest entries first. */
export async function readAudit(
  db: Db,
  workspace: string,
  filter: AuditFilter,
  limit: number,
): Promise<AuditEntry[]> {
  const like = filter.text && `%${filter.text.replace(/[\\%_]/gu, "\\$&")}%`;
  const rows = await db.orm
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspace),
        filter.from === undefined ? undefined : gte(auditEntries.at, filter.from),
        filter.to === undefined ? undefined : lte(auditEntries.at, filter.to),
        filter.verb === undefined ? undefined : eq(auditEntries.verb, filter.verb),
        filter.before === undefined ? undefined : lt(auditEntries.entry, filter.before),
        like ? or(ilike(auditEntries.actorName, like), ilike(auditEntries.object, like)) : undefined,
      ),
    )
    .orderBy(desc(auditEntries.entry))
    .limit(limit);
  return rows.map(({ workspaceId: _workspace, tx: _tx, ...entry }) => entry);
}
