/** The audit log as people and programs read it. */
import type { Db } from "../../db/client.ts";
import { type AuditEntry, type AuditFilter, readAudit } from "../../db/queries/audit.ts";

export interface AuditRow extends Omit<AuditEntry, "at"> {
  at: string;
}

export interface AuditPage {
  rows: AuditRow[];
  /** Where the next page begins; null at the end. */
  next: string | null;
}

const MOST_ROWS = 1_000;

/** The newest entries first. @param limit at most 1,000. */
export async function auditPage(
  db: Db,
  workspace: string,
  filter: AuditFilter,
  limit: number,
): Promise<AuditPage> {
  const wanted = Math.min(limit, MOST_ROWS);
  const found = await readAudit(db, workspace, filter, wanted + 1);
  const shown = found.slice(0, wanted);
  return {
    rows: shown.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
    next: found.length > wanted ? String(shown.at(-1)?.entry) : null,
  };
}

/** All entries of a filter, the newest first, a page at a time. */
export async function* auditRows(db: Db, workspace: string, filter: AuditFilter): AsyncGenerator<AuditRow[]> {
  for (let before: number | undefined = filter.before; ; ) {
    const { rows, next } = await auditPage(db, workspace, { ...filter, before }, MOST_ROWS);
    if (rows.length > 0) yield rows;
    if (next === null) return;
    before = Number(next);
  }
}
