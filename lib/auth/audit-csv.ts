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

/** A header line, then all entries of the filter, the newest first. What a spreadsheet would run as a formula is quoted. */
export async function* auditCsv(db: Db, workspace: string, filter: AuditFilter): AsyncGenerator<string> {
  yield stringify([[...COLUMNS]]);
  for await (const rows of auditRows(db, workspace, filter)) {
    const cells = rows.map(({ before, after, ...row }) => ({
      ...row,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    }));
    yield stringify(cells, { columns: [...COLUMNS], escape_formulas: true });
  }
}
