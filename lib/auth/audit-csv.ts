/** The audit log as CSV. */
import { stringify } from "csv-stringify/sync";
import type { Db } from "../../db/client.ts";
import type { AuditFilter } from "../../db/queries/audit.ts";
import { auditRows } from "./audit.ts";

const COLUMNS = [
  "entry",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "address",
  "verb",
  "object",
  "before",
  "after",
] as const;

/** A header line, then all entries of the filter, the newest first; of each piece how many entries it holds. */
export async function* auditPieces(
  db: Db,
  workspace: string,
  filter: AuditFilter,
): AsyncGenerator<{ text: string; rows: number }> {
  yield { text: stringify([[...COLUMNS]]), rows: 0 };
  for await (const rows of auditRows(db, workspace, filter)) {
    const cells = rows.map(({ before, after, ...row }) => ({
      ...row,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    }));
    // What a spreadsheet would run as a formula is quoted.
    yield { text: stringify(cells, { columns: [...COLUMNS], escape_formulas: true }), rows: rows.length };
  }
}

/** The text of {@link auditPieces}. */
export async function* auditCsv(db: Db, workspace: string, filter: AuditFilter): AsyncGenerator<string> {
  for await (const { text } of auditPieces(db, workspace, filter)) yield text;
}
